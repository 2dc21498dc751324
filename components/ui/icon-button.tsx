"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

/** A button that shows only an icon: its label is the accessible name and the tooltip. */
export function IconButton({
  label,
  icon,
  tooltip = true,
  side,
  variant = "ghost",
  ...props
}: Omit<ButtonProps, "children" | "icon" | "iconOnly" | "asChild"> & {
  label: string;
  icon: ReactNode;
  tooltip?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}) {
  const button = (
    <Button variant={variant} iconOnly aria-label={label} {...props}>
      {icon}
    </Button>
  );
  return tooltip ? (
    <Tooltip content={label} side={side}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
