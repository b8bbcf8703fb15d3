/* SPDX-License-Identifier: ISC
 * man: shows a page of the manual. The pages lie in /text/man as plain text, NAME.SECTION: 1 programs, 2 calls,
 * 3 library, 7 overviews. On a terminal it stops after each screenful: Enter goes on, q and Enter ends. */
#include "tool.h"

#define SCREEN 22

static const char sections[] = "1237";

/* The page of that name in one section, or in the first that has it.  NULL: there is none. */
static FILE *page_open(const char *name, const char *wanted)
{
	char path[128];

	for (const char *s = wanted; *s; s++) {
		FILE *f;

		snprintf(path, sizeof path, "/text/man/%s.%c", name, *s);
		f = fopen(path, "r");
		if (f)
			return f;
	}
	return NULL;
}

/* Whether the reader wants more. */
static int more(void)
{
	int c, first;

	fputs("-- Enter: more, q: end -- ", stdout);
	fflush(stdout);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return first != 'q' && first != EOF;
}

static int page_show(FILE *f, int stops)
{
	int c, lines = 0;

	while ((c = getc(f)) != EOF) {
		putchar(c);
		if (c == '\n' && stops && ++lines % SCREEN == 0 && !more())
			break;
	}
	if (ferror(f) || fflush(stdout))
		return tool_error("man", "write");
	return 0;
}

int main(int argc, char **argv)
{
	const char *wanted = argc == 3 ? argv[1] : sections;
	FILE *f;
	int r;

	if (argc != 2 && (argc != 3 || strlen(wanted) != 1))
		tool_usage("man [SECTION] NAME");
	f = page_open(argv[argc - 1], wanted);
	if (!f) {
		fprintf(stderr, "man: no page for %s; `ls /text/man` lists all\n", argv[argc - 1]);
		return 1;
	}
	r = page_show(f, isatty(0) && isatty(1));
	fclose(f);
	return r;
}
