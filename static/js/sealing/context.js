// To what sealed bytes are bound, as procurement/sealing/context.py. A binding is {call, application, envelope, version}.
import { canonical } from "./bytes.js";

export const FORMAT = "sealed-envelope/v1";
export const SUITE = "X25519-HKDF-SHA256-AES256GCM";

export const bound = ({ call, application, envelope, version }, ...purpose) =>
  canonical([FORMAT, call, application, envelope, version, ...purpose]);

export const partPlace = ({ call, application, envelope }, { file, part, last }) =>
  canonical([FORMAT, call, application, envelope, "file", file, part, last]);

export const holderPlace = ({ call, holder }) => canonical([FORMAT, call, "holder", holder]);
export const drillPlace = ({ call, holder }) => canonical([FORMAT, call, "drill", holder]);
