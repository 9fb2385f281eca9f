import "./services";

export { listActions } from "./list-actions";
export { listPagePlaces, openPage } from "./list-pages";
export { countLostActionKeys, replaceLostSecrets } from "./lost-keys";
export { rotateActionSecrets } from "./rotate-keys";
