/* SPDX-License-Identifier: ISC
 * Claim: args_write lays out arguments and environment so that a program at the other address finds them all, aligned, in
 * the length that args_len said; too many are refused. */
#include "../../lib/args.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define VA 0x7fff0000u

static char *shown(uint8_t *base, const char *va)
{
	return (char *)base + ((uintptr_t)va - VA);
}

static void round_trip(int argc, int envc, size_t longest)
{
	char **argv = calloc((size_t)argc + 1, sizeof *argv), **envp = calloc((size_t)envc + 1, sizeof *envp);
	struct spawn_start start = {.init = 7, .l1 = 9}, *got;
	size_t len;
	uint8_t *page;
	uintptr_t at;

	for (int i = 0; i < argc + envc; i++) {
		size_t n = (size_t)rand() % (longest + 1);
		char *s = calloc(1, n + 1);

		memset(s, 'a' + i % 26, n);
		*(i < argc ? &argv[i] : &envp[i - argc]) = s;
	}
	len = args_len(argv, envp);
	assert(len && len % PAGE_SIZE == 0);
	page = malloc(len);
	at = args_write(page, len, VA, &start, argv, envp);
	assert(at % 8 == 0 && at >= VA && at < VA + len);
	got = (struct spawn_start *)(void *)(page + (at - VA));
	assert(got->init == 7 && got->l1 == 9 && got->argc == argc);
	for (int i = 0; i < argc; i++)
		assert(!strcmp(shown(page, ((char **)(void *)shown(page, (char *)got->argv))[i]), argv[i]));
	for (int i = 0; i < envc; i++)
		assert(!strcmp(shown(page, ((char **)(void *)shown(page, (char *)got->envp))[i]), envp[i]));
	assert(!((char **)(void *)shown(page, (char *)got->argv))[argc]);
	assert(!((char **)(void *)shown(page, (char *)got->envp))[envc]);
	for (int i = 0; i < argc + envc; i++)
		free(i < argc ? argv[i] : envp[i - argc]);
	free(argv);
	free(envp);
	free(page);
}

int main(void)
{
	char big[ARGS_MAX], *argv[] = {big, NULL};

	srand(1);
	for (int i = 0; i < 2000; i++)
		round_trip(rand() % 20, rand() % 20, (size_t)(rand() % 300));
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = 0;
	assert(args_len(argv, NULL) == 0);
	return 0;
}
