/** The plain list's beginning: without it the server filters. */

import { Sieve } from "../chrome/sieve.js";

new Sieve(document);
