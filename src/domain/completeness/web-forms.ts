import emailModule from 'validator/lib/isEmail.js'
import urlModule from 'validator/lib/isURL.js'

/** Two forms only: the whole of `validator` takes ten times as long to load. */
export const isEmail = emailModule.default
export const isURL = urlModule.default
