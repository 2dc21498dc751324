"use client";

import { OwnerSwitch } from "../owner-switch";
import { setFourEyesAction } from "./actions";

/** Whether switching trust in a partner on takes two people; an owner's to say. */
export function FourEyesSetting({ fourEyes, isOwner }: { fourEyes: boolean; isOwner: boolean }) {
  return (
    <OwnerSwitch
      words="accounts.fourEyes"
      on={fourEyes}
      isOwner={isOwner}
      onChange={(fourEyesOnTrust) => setFourEyesAction({ fourEyesOnTrust })}
    />
  );
}
