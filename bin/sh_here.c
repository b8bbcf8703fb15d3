/* SPDX-License-Identifier: ISC
 * The bodies of here-documents: the lines that follow the one that names their end mark. */
#include <string.h>
#include "sh.h"

/** The end mark without its quotes; says whether it had any. */
static int mark_plain(struct str *out, const char *word)
{
	int quoted = 0;

	for (; *word; word++) {
		if (*word == '\'' || *word == '"' || *word == '\\') {
			quoted = 1;
			if (*word != '\\' || !*++word)
				continue;
		}
		str_putc(out, *word);
	}
	return quoted;
}

/** The next line, without its newline, into `line`; 0 at the end. */
static int here_line(struct lex *x, struct str *line, int tabs)
{
	line->n = 0;
	str_puts(line, "");
	if (!lex_fill(x))
		return 0;
	while (tabs && lex_fill(x) && x->text.s[x->pos] == '\t')
		x->pos++;
	while (lex_fill(x)) {
		int c = x->text.s[x->pos++];

		if (c == '\n')
			break;
		str_putc(line, c);
	}
	return 1;
}

static void here_body(struct lex *x, struct redir *r)
{
	struct str mark = {0}, line = {0}, body = {0};
	int found = 0;

	str_puts(&mark, "");
	r->literal = mark_plain(&mark, r->word);
	while (!found && !mem_is_out() && here_line(x, &line, r->op == R_HERE_TABS)) {
		found = !strcmp(line.s, mark.s);
		if (found)
			break;
		str_add(&body, line.s, line.n);
		str_putc(&body, '\n');
	}
	r->body = arena_text(x->arena, str_text(&body), body.n);
	str_free(&mark);
	str_free(&line);
	str_free(&body);
}

void lex_here(struct lex *x)
{
	struct redir *r = x->here;

	x->here = NULL;
	for (; r && !x->failed; r = r->waits)
		here_body(x, r);
}
