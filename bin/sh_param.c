/* SPDX-License-Identifier: ISC
 * Parameters: $name, $1, $@, $? and the ${…} family. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

static int special_get(int c, struct str *out)
{
	switch (c) {
	case '?':
		str_printf(out, "%d", sh.status);
		return 1;
	case '#':
		str_printf(out, "%u", (unsigned)sh.args->n);
		return 1;
	case '$':
		str_printf(out, "%d", sh.pid);
		return 1;
	case '!':
		if (sh.last_async)
			str_printf(out, "%d", sh.last_async);
		return sh.last_async != 0;
	case '-':
		str_printf(out, "%s%s%s%s%s", sh.errexit ? "e" : "", sh.noglob ? "f" : "", sh.interactive ? "i" : "",
			sh.nounset ? "u" : "", sh.xtrace ? "x" : "");
		return 1;
	}
	return 0;
}

/** $@ and $* as one string. */
static void join_args(struct str *out)
{
	const char *ifs = var_get("IFS");
	size_t i;

	for (i = 0; i < sh.args->n; i++) {
		if (i && (!ifs || *ifs))
			str_putc(out, ifs ? *ifs : ' ');
		str_puts(out, sh.args->v[i]);
	}
}

int param_get(const char *name, size_t n, struct str *out)
{
	char *copy;
	const char *value;
	size_t i;

	if (n == 1 && strchr("@*", *name)) {
		join_args(out);
		return sh.args->n != 0;
	}
	if (n == 1 && strchr("?#$!-", *name))
		return special_get(*name, out);
	if (isdigit((unsigned char)*name)) {
		i = strtoul(name, NULL, 10);
		if (i > sh.args->n)
			return 0;
		str_puts(out, i ? sh.args->v[i - 1] : sh.name);
		return 1;
	}
	copy = mem_text(name, n);
	value = var_get(copy);
	mem_free(copy);
	if (value)
		str_puts(out, value);
	return value != NULL;
}

void param_all(struct expansion *e, int star, int quoted)
{
	struct str joined = {0};
	size_t i;

	if (star && quoted) {
		join_args(&joined);
		expansion_add(e, str_text(&joined), joined.n, M_QUOTED);
		str_free(&joined);
		return;
	}
	for (i = 0; i < sh.args->n; i++) {
		if (i)
			expansion_add(e, "", 1, M_BREAK);
		if (quoted)
			expansion_add(e, "", 1, M_HERE);
		expansion_add(e, sh.args->v[i], strlen(sh.args->v[i]), quoted ? M_QUOTED : M_SPLIT);
	}
}

/** How many bytes of text are a parameter's name. */
static size_t name_length(const char *text, size_t n)
{
	size_t i = 0;

	if (n && strchr("@*?#$!-", *text))
		return 1;
	if (n && isdigit((unsigned char)*text)) {
		while (i < n && isdigit((unsigned char)text[i]))
			i++;
		return i;
	}
	while (i < n && (isalnum((unsigned char)text[i]) || text[i] == '_'))
		i++;
	return i;
}

/** Expands a default value: unquoted literals in it are split as well. */
static void add_word(struct expansion *e, const char *word, size_t n, int quoted)
{
	size_t i, from = e->mark.n;

	expand_into(e, word, n, quoted);
	for (i = from; i < e->mark.n; i++)
		if (e->mark.s[i] == M_LITERAL)
			e->mark.s[i] = M_SPLIT;
}

static char *word_string(const char *word, size_t n)
{
	char *text = mem_text(word, n), *value;

	value = expand_string(text);
	mem_free(text);
	return value;
}

/** A ${name op word} of - = ? +, `use`: the parameter has no value that counts. */
static void param_default(struct expansion *e, struct str *value, int use, int op, const char *name, size_t name_n,
	const char *word, size_t n, int quoted)
{
	char *text, *target;

	if (op == '+') {
		if (!use)
			add_word(e, word, n, quoted);
		return;
	}
	if (!use) {
		expansion_add(e, str_text(value), value->n, quoted ? M_QUOTED : M_SPLIT);
		return;
	}
	if (op == '-') {
		add_word(e, word, n, quoted);
		return;
	}
	text = word_string(word, n);
	target = word_string(name, name_n);
	if (sh.flow)
		; /* a mistake in one of them */
	else if (op == '?')
		expand_fail("%s: %s", target, *text ? text : "parameter not set");
	else if (!name_valid(target, name_n))
		expand_fail("%s: cannot be assigned so", target);
	else if (!var_set(target, text))
		expansion_add(e, text, strlen(text), quoted ? M_QUOTED : M_SPLIT);
	mem_free(text);
	mem_free(target);
}

/** Takes the shortest or longest (twice) part that fits off the value's front (#) or back (%). */
static void param_trim(struct str *value, int op, int twice, const char *word, size_t n)
{
	char *text = mem_text(word, n), *pattern, *s, saved;
	size_t i, k, len = value->n;
	int found = 0;

	pattern = expand_pattern(text);
	str_puts(value, "");
	s = value->s;
	for (i = 0; i <= len && !found && !busy(); i++) {
		/* k: where the cut would be; tried from the shortest, or from the longest, part. */
		k = (op == '#') == !twice ? i : len - i;
		saved = s[k];
		if (op == '#')
			s[k] = 0;
		found = match(pattern, op == '#' ? s : s + k);
		s[k] = saved;
		if (found && op == '#')
			memmove(s, s + k, len - k + 1);
		if (found)
			value->n = op == '#' ? len - k : k;
	}
	s[value->n] = 0;
	mem_free(text);
	mem_free(pattern);
}

static void param_length(struct expansion *e, const char *name, size_t n, int quoted)
{
	struct str value = {0};
	char text[24];

	if (n == 1 && strchr("@*", *name)) {
		snprintf(text, sizeof text, "%u", (unsigned)sh.args->n);
	} else {
		if (!param_get(name, n, &value) && sh.nounset)
			expand_fail("%.*s: parameter not set", (int)n, name);
		snprintf(text, sizeof text, "%u", (unsigned)value.n);
	}
	expansion_add(e, text, strlen(text), quoted ? M_QUOTED : M_SPLIT);
	str_free(&value);
}

/** ${name…}: rest is what follows the name. */
static void param_op(struct expansion *e, const char *name, size_t name_n, const char *rest, size_t n, int quoted)
{
	struct str value = {0};
	int set = param_get(name, name_n, &value), colon = n && *rest == ':', op;

	rest += colon;
	n -= (size_t)colon;
	op = n ? *rest : 0;
	if (op && strchr("-=?+", op)) {
		param_default(e, &value, !set || (colon && !value.n), op, name, name_n, rest + 1, n - 1, quoted);
	} else if (!colon && (op == '#' || op == '%')) {
		int twice = n > 1 && rest[1] == op;

		param_trim(&value, op, twice, rest + 1 + twice, n - 1 - (size_t)twice);
		expansion_add(e, str_text(&value), value.n, quoted ? M_QUOTED : M_SPLIT);
	} else if (n || colon) {
		expand_fail("${%.*s…}: no such form", (int)name_n, name);
	} else if (!set && sh.nounset) {
		expand_fail("%.*s: parameter not set", (int)name_n, name);
	} else {
		expansion_add(e, str_text(&value), value.n, quoted ? M_QUOTED : M_SPLIT);
	}
	str_free(&value);
}

void param_brace(struct expansion *e, const char *text, size_t n, int quoted)
{
	size_t length;

	if (n > 1 && *text == '#' && name_length(text + 1, n - 1) == n - 1) {
		param_length(e, text + 1, n - 1, quoted);
		return;
	}
	length = name_length(text, n);
	if (!length) {
		expand_fail("${%.*s}: no such form", (int)n, text);
		return;
	}
	if (n == 1 && strchr("@*", *text))
		param_all(e, *text == '*', quoted);
	else
		param_op(e, text, length, text + length, n - length, quoted);
}
