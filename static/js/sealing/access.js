// The applicant's code and the draft key that comes of it, as procurement/sealing/access.py.
import { BadCode, canonical, grouped, hex, random, spelled, tidy, unspelled } from "./bytes.js";
import { FORMAT } from "./context.js";
import { derived } from "./primitives.js";

const BYTES = 20;

export const makeCode = () => grouped(spelled(random(BYTES)));

export function readCode(typed) {
  const raw = unspelled(tidy(typed));
  if (tidy(typed).length * 5 !== BYTES * 8) throw new BadCode();
  return grouped(spelled(raw));
}

export async function draftKey(code, application) {
  return derived(unspelled(tidy(readCode(code))), canonical([FORMAT, application, "draft"]));
}

export const keyCheck = async (key) => hex(await derived(key, canonical([FORMAT, "check"])));
