export { default } from "../api-keys/loading";
