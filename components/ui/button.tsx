import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md border font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent-solid text-accent-solid-fg hover:bg-accent-solid-hover",
        secondary:
          "border-border-strong bg-surface text-foreground hover:bg-hover data-[state=open]:bg-hover dark:bg-raised dark:hover:bg-hover",
        ghost: "border-transparent text-foreground hover:bg-hover data-[state=open]:bg-hover",
        danger: "border-transparent bg-danger-solid text-danger-solid-fg hover:bg-danger-solid-hover",
        link: "border-transparent text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current",
      },
      size: {
        sm: "h-7 gap-1.5 px-2.5 text-sm [&_svg]:size-3.5",
        md: "h-8 gap-1.5 px-3 text-sm [&_svg]:size-4",
        lg: "h-10 gap-2 px-4 text-base [&_svg]:size-4",
      },
      iconOnly: { true: "px-0", false: "" },
    },
    compoundVariants: [
      { iconOnly: true, size: "sm", class: "w-7" },
      { iconOnly: true, size: "md", class: "w-8" },
      { iconOnly: true, size: "lg", class: "w-10" },
      { variant: "link", class: "h-auto min-h-6 px-0" },
    ],
    defaultVariants: { variant: "secondary", size: "md", iconOnly: false },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Renders the only child (a link, say) with the looks of a button. */
    asChild?: boolean;
    /** Keeps width and focus, ignores clicks and says it is busy. */
    loading?: boolean;
    icon?: ReactNode;
  };

export function Button({
  className,
  variant,
  size,
  iconOnly,
  asChild = false,
  loading = false,
  icon,
  children,
  onClick,
  type = "button",
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size, iconOnly }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    );
  }
  const content = (
    <>
      {icon}
      {children}
    </>
  );
  return (
    <button
      type={type}
      className={classes}
      // A disabled button would drop the keyboard focus in the middle of the act.
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={loading ? (event: MouseEvent) => event.preventDefault() : onClick}
      {...props}
    >
      {loading ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-[inherit] opacity-0">{content}</span>
        </>
      ) : (
        content
      )}
    </button>
  );
}
