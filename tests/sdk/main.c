/* SPDX-License-Identifier: ISC
 * An ordinary program of several files, as somebody writes it who knows nothing of Mullion. */
#include <stdio.h>
#include <stdlib.h>
#include "words.h"

int main(int argc, char **argv)
{
	struct words *all = words_new();

	for (int i = 1; i < argc; i++)
		words_add(all, argv[i]);
	words_print(all, stdout);
	printf("%d words, %.2f letters on average\n", words_count(all), words_average(all));
	words_free(all);
	return argc > 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
