"use client";

import { setRequireAgreementAction } from "./actions";
import { OwnerSwitch } from "./owner-switch";

/** Whether the application shares under an agreement only; an owner's to say. */
export function RequireAgreementSetting({ required, isOwner }: { required: boolean; isOwner: boolean }) {
  return (
    <OwnerSwitch
      words="settings.requireAgreement"
      on={required}
      isOwner={isOwner}
      onChange={(requireAgreement) => setRequireAgreementAction({ requireAgreement })}
    />
  );
}
