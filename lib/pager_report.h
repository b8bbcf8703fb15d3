/* SPDX-License-Identifier: ISC
 * The sentence about a fault that ends a thread. */
#ifndef MULLION_PAGER_REPORT_H
#define MULLION_PAGER_REPORT_H

#include <stddef.h>
#include "pager.h"

/** Writes the sentence about f, a line of at most len bytes, of a program of that name. */
void pager_report_text(const struct pager_fault *f, const char *name, char *line, size_t len);

#endif
