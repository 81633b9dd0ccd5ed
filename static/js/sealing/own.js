// What an applicant can always read again: sealed under a key of the applicant's own, as procurement/sealing/own.py.
import { canonical } from "./bytes.js";
import { FORMAT } from "./context.js";
import { openSealed, sealWith } from "./primitives.js";

const ownPlace = ({ call, application, purpose, subject = "" }) =>
  canonical([FORMAT, call, application, "own", purpose, subject]);

export const sealOwn = (plain, { key, place }) => sealWith(key, plain, ownPlace(place));
export const openOwn = (sealed, { key, place }) => openSealed(key, sealed, ownPlace(place));
