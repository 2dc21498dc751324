/** Read by the server, so that the first paint already has the right width. */
export const SIDEBAR_COOKIE = "aval_sidebar";
