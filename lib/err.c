/* SPDX-License-Identifier: ISC
 * The sentences of errors, from the one list of them. */
#include "mullion.h"

static const char *const sentences[] = {
#define X(name, number, text) [-(number)] = text,
#include "err.def"
#undef X
};

const char *err_string(int err)
{
	if (err >= 0)
		return "success";
	if (err < -(int)(sizeof sentences / sizeof *sentences) + 1 || !sentences[-err])
		return "unknown error";
	return sentences[-err];
}
