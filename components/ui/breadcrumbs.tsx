import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { EagerLink } from "./eager-link";

/** The way up; the last entry is the page itself. */
export function Breadcrumbs({ items }: { items: readonly { label: ReactNode; href?: string }[] }) {
  const t = useTranslations("common");
  return (
    <nav aria-label={t("breadcrumbs")} className="print:hidden">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1 text-muted text-sm">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <Fragment key={item.href ?? `here-${index}`}>
              <li className="min-w-0 max-w-full">
                {item.href && !last ? (
                  <EagerLink
                    href={item.href}
                    className="inline-flex min-h-6 items-center rounded-sm hover:text-foreground"
                  >
                    {item.label}
                  </EagerLink>
                ) : (
                  <span aria-current={last ? "page" : undefined} className="block truncate">
                    {item.label}
                  </span>
                )}
              </li>
              {!last && (
                <li aria-hidden>
                  <ChevronRight className="size-3.5" />
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
