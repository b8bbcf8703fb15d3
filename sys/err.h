/* SPDX-License-Identifier: ISC
 * Results of calls: zero or more is success, a negative ERR_… says what was refused.
 * Of several that apply, the earlier in the order FRAME, PROC, RIGHT, KIND, ALIGN, RANGE is answered. */
#ifndef MULLION_ERR_H
#define MULLION_ERR_H

enum err {
#define X(name, number, text) ERR_##name = (number),
#include "err.def"
#undef X
};

#endif
