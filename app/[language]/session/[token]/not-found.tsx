export { default } from "@/app/session/[token]/not-found";
