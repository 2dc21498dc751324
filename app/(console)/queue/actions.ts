"use server";

import { z } from "zod";
import { AssignInput, assignCases } from "@/domain/cases/assign";
import { PriorityInput, prioritiseCases } from "@/domain/cases/priority";
import { deleteView, saveView, ViewInput } from "@/domain/cases/views";
import { ReviewManyInput, reviewSessions } from "@/domain/sessions/review-many";
import { action } from "@/lib/action";

export const assignAction = action(AssignInput, assignCases);
export const prioritiseAction = action(PriorityInput, prioritiseCases);
export const decideManyAction = action(ReviewManyInput, reviewSessions);
export const saveViewAction = action(ViewInput, saveView);
export const deleteViewAction = action(z.object({ id: z.uuid() }), deleteView);
