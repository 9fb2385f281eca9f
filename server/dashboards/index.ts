export { getWallBrand, listWall } from "./read-wall";
