import "./services";

export { listActions } from "./list-actions";
export { listPagePlaces, openPage } from "./list-pages";
export { rotateActionSecrets } from "./rotate-keys";
