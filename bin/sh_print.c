/* SPDX-License-Identifier: ISC
 * From a syntax tree back to text that parses to the same tree: for shells started in the background, and
 * for what `jobs` and `type` show. */
#include <string.h>
#include "sh.h"

/** What is being printed: here-documents wait for the end of their line. */
struct printer {
	struct str *out;
	struct redir *here, **tail;
};

static void print_node(struct printer *p, const struct node *n);

static void print_words(struct printer *p, const struct word *w, const char *between)
{
	for (; w; w = w->next) {
		str_puts(p->out, w->text);
		if (w->next)
			str_puts(p->out, between);
	}
}

static void print_redirs(struct printer *p, struct redir *r)
{
	static const char *const names[] = {"<", ">", ">>", "<>", ">&", "<<", "<<"};

	for (; r; r = r->next) {
		str_printf(p->out, " %d%s%s", r->fd, names[r->op], r->word);
		if (!r->body)
			continue;
		r->waits = NULL;
		*p->tail = r;
		p->tail = &r->waits;
	}
}

/** A line ends: the bodies of its here-documents follow.  After `&` no other separator may stand. */
static void print_end(struct printer *p, const char *end)
{
	const struct redir *r;
	const char *c;

	if (!p->here) {
		int async = p->out->n > 1 && p->out->s[p->out->n - 1] == '&' && p->out->s[p->out->n - 2] == ' ';

		str_puts(p->out, async && *end ? " " : end);
		return;
	}
	/* The mark as written still says whether the body is expanded; without its quotes it ends the body. */
	for (r = p->here; r; r = r->waits) {
		str_printf(p->out, "\n%s", r->body);
		for (c = r->word; *c; c++)
			if (!strchr("'\"\\", *c))
				str_putc(p->out, *c);
	}
	str_putc(p->out, '\n');
	p->here = NULL;
	p->tail = &p->here;
}

static void print_items(struct printer *p, const struct case_item *item)
{
	for (; item; item = item->next) {
		str_puts(p->out, "(");
		print_words(p, item->patterns, "|");
		str_puts(p->out, ") ");
		if (item->body) {
			print_node(p, item->body);
			print_end(p, " ");
		}
		str_puts(p->out, ";; ");
	}
}

static void print_loop(struct printer *p, const struct node *n)
{
	if (n->kind == N_FOR) {
		str_printf(p->out, "for %s", n->name);
		if (n->listed) {
			str_puts(p->out, " in ");
			print_words(p, n->words, " ");
		}
	} else {
		str_puts(p->out, n->kind == N_WHILE ? "while " : "until ");
		print_node(p, n->a);
	}
	print_end(p, "; ");
	str_puts(p->out, "do ");
	print_node(p, n->b);
	print_end(p, "; ");
	str_puts(p->out, "done");
}

static void print_if(struct printer *p, const struct node *n)
{
	str_puts(p->out, "if ");
	print_node(p, n->a);
	print_end(p, "; ");
	str_puts(p->out, "then ");
	print_node(p, n->b);
	print_end(p, "; ");
	if (n->c) {
		str_puts(p->out, "else ");
		print_node(p, n->c);
		print_end(p, "; ");
	}
	str_puts(p->out, "fi");
}

static void print_stages(struct printer *p, const struct node *n)
{
	for (; n; n = n->next) {
		print_node(p, n);
		if (n->next)
			str_puts(p->out, " | ");
	}
}

static void print_two(struct printer *p, const struct node *n, const char *between)
{
	print_node(p, n->a);
	str_puts(p->out, between);
	print_node(p, n->b);
}

static void print_simple(struct printer *p, const struct node *n)
{
	print_words(p, n->assigns, " ");
	if (n->assigns && n->words)
		str_putc(p->out, ' ');
	print_words(p, n->words, " ");
}

static void print_node(struct printer *p, const struct node *n)
{
	if (stack_is_low())
		expand_fail("commands are nested too deeply");
	if (sh.flow)
		return;
	switch (n->kind) {
	case N_SIMPLE:
		print_simple(p, n);
		break;
	case N_PIPE:
		print_stages(p, n->a);
		break;
	case N_AND:
		print_two(p, n, " && ");
		break;
	case N_OR:
		print_two(p, n, " || ");
		break;
	case N_SEQ:
		for (; n->kind == N_SEQ && !n->redirs; n = n->b) {
			print_node(p, n->a);
			print_end(p, "; ");
		}
		print_node(p, n);
		return;
	case N_ASYNC:
		print_node(p, n->a);
		str_puts(p->out, " &");
		break;
	case N_NOT:
		str_puts(p->out, "! ");
		print_node(p, n->a);
		break;
	case N_IF:
		print_if(p, n);
		break;
	case N_WHILE:
	case N_UNTIL:
	case N_FOR:
		print_loop(p, n);
		break;
	case N_CASE:
		str_printf(p->out, "case %s in ", n->words->text);
		print_items(p, n->items);
		str_puts(p->out, "esac");
		break;
	case N_GROUP:
	case N_SUB:
		str_puts(p->out, n->kind == N_GROUP ? "{ " : "( ");
		print_node(p, n->a);
		print_end(p, n->kind == N_GROUP ? "; " : " ");
		str_puts(p->out, n->kind == N_GROUP ? "}" : ")");
		break;
	case N_FUNC:
		str_printf(p->out, "%s() ", n->name);
		print_node(p, n->a);
		break;
	}
	print_redirs(p, n->redirs);
}

void node_print(struct str *b, const struct node *n)
{
	struct printer p = {.out = b};

	p.tail = &p.here;
	print_node(&p, n);
	print_end(&p, "");
}
