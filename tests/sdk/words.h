/* SPDX-License-Identifier: ISC
 * A sorted list of words. */
#ifndef WORDS_H
#define WORDS_H

#include <stdio.h>

struct words;

struct words *words_new(void);
void words_add(struct words *all, const char *word);
void words_print(const struct words *all, FILE *out);
int words_count(const struct words *all);
double words_average(const struct words *all);
void words_free(struct words *all);

#endif
