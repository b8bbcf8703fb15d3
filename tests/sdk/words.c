/* SPDX-License-Identifier: ISC
 * A sorted list of words, on malloc. */
#include <stdlib.h>
#include <string.h>
#include "words.h"

struct words {
	char **word;
	int n;
};

struct words *words_new(void)
{
	return calloc(1, sizeof(struct words));
}

void words_add(struct words *all, const char *word)
{
	int at = all->n;

	all->word = realloc(all->word, sizeof *all->word * (size_t)(all->n + 1));
	for (; at > 0 && strcmp(all->word[at - 1], word) > 0; at--)
		all->word[at] = all->word[at - 1];
	all->word[at] = strdup(word);
	all->n++;
}

void words_print(const struct words *all, FILE *out)
{
	for (int i = 0; i < all->n; i++)
		fprintf(out, "%2d %s\n", i + 1, all->word[i]);
}

int words_count(const struct words *all)
{
	return all->n;
}

double words_average(const struct words *all)
{
	double letters = 0;

	for (int i = 0; i < all->n; i++)
		letters += (double)strlen(all->word[i]);
	return all->n ? letters / all->n : 0;
}

void words_free(struct words *all)
{
	for (int i = 0; i < all->n; i++)
		free(all->word[i]);
	free(all->word);
	free(all);
}
