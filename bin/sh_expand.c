/* SPDX-License-Identifier: ISC
 * From words as written to fields.  An expansion is built as bytes with a mark beside each that says how
 * the byte came there; splitting, file names and the removal of quotes then need only the marks. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

void expand_fail(const char *fmt, ...)
{
	char text[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	complain("%s", text);
	flow_fail();
}

void flow_fail(void)
{
	sh.status = 2;
	sh.flow = sh.interactive ? FLOW_ABORT : FLOW_EXIT;
}

void expansion_add(struct expansion *e, const char *s, size_t n, int mark)
{
	size_t before = e->text.n;

	str_add(&e->text, s, n);
	str_add(&e->mark, s, n);
	if (e->text.n == before + n && e->mark.n == e->text.n)
		memset(e->mark.s + before, mark, n);
	else
		e->text.n = e->mark.n = before; /* there was memory for one of them alone */
}

void expansion_free(struct expansion *e)
{
	str_free(&e->text);
	str_free(&e->mark);
}

/** The command between text[0..n), a ` … ` with its backslashes. */
static void expand_backquote(struct expansion *e, const char *text, size_t n, int quoted)
{
	struct str command = {0}, value = {0};
	size_t i;

	for (i = 1; i + 1 < n; i++) {
		if (text[i] == '\\' && i + 2 < n && (strchr("$`\\", text[i + 1]) || (quoted && text[i + 1] == '"')))
			i++;
		str_putc(&command, text[i]);
	}
	subst_run(&value, str_text(&command), command.n);
	expansion_add(e, str_text(&value), value.n, quoted ? M_QUOTED : M_SPLIT);
	str_free(&command);
	str_free(&value);
}

static void expand_arith(struct expansion *e, const char *text, size_t n, int quoted)
{
	struct expansion inner = {0};
	char value[24];

	expand_into(&inner, text, n, 1);
	snprintf(value, sizeof value, "%lld", sh.flow ? 0LL : (long long)arith_eval(str_text(&inner.text)));
	expansion_add(e, value, strlen(value), quoted ? M_QUOTED : M_SPLIT);
	expansion_free(&inner);
}

/** $name, $1, $? and so on; text is past the $.  Answers the bytes taken, 0: it is no parameter. */
static size_t expand_short(struct expansion *e, const char *text, size_t n, int quoted)
{
	size_t length = 0;

	if (n && strchr("@*", *text)) {
		param_all(e, *text == '*', quoted);
		return 1;
	}
	if (n && (isdigit((unsigned char)*text) || strchr("?$!#-", *text)))
		length = 1;
	else if (n && !isdigit((unsigned char)*text))
		while (length < n && (isalnum((unsigned char)text[length]) || text[length] == '_'))
			length++;
	if (length)
		param_brace(e, text, length, quoted);
	return length;
}

size_t expand_dollar(struct expansion *e, const char *text, size_t n, int quoted)
{
	struct str value = {0};
	size_t length;

	if (n > 1 && (text[1] == '(' || text[1] == '{')) {
		length = span_length(text, n, quoted);
		if (sh.flow)
			return n;
		if (text[1] == '{') {
			param_brace(e, text + 2, length - 3, quoted);
		} else if (length > 5 && text[2] == '(') {
			expand_arith(e, text + 3, length - 5, quoted);
		} else {
			subst_run(&value, text + 2, length - 3);
			expansion_add(e, str_text(&value), value.n, quoted ? M_QUOTED : M_SPLIT);
			str_free(&value);
		}
		return length;
	}
	length = expand_short(e, text + 1, n - 1, quoted);
	if (!length)
		expansion_add(e, "$", 1, quoted ? M_QUOTED : M_LITERAL);
	return length + 1;
}

/** The "…" at text[0]; answers its length. */
static size_t expand_double(struct expansion *e, const char *text, size_t n)
{
	size_t length = span_length(text, n, 0), before = e->text.n;

	if (sh.flow)
		return n;
	expand_into(e, text + 1, length - 2, 1);
	/* "$@" of no arguments is no field; any other "" is an empty one. */
	if (e->text.n > before || (strncmp(text, "\"$@\"", 4) != 0 && strncmp(text, "\"${@}\"", 6) != 0))
		expansion_add(e, "", 1, M_HERE);
	return length;
}

/** A backslash at text[0]; answers the bytes taken. */
static size_t expand_escape(struct expansion *e, const char *text, size_t n, int quoted)
{
	if (n < 2 || (quoted && !strchr("$`\"\\\n}", text[1]))) {
		expansion_add(e, "\\", 1, M_QUOTED);
		return 1;
	}
	if (text[1] != '\n')
		expansion_add(e, text + 1, 1, M_QUOTED);
	return 2;
}

static size_t expand_one(struct expansion *e, const char *text, size_t n, int quoted)
{
	const char *end;
	size_t length;

	switch (*text) {
	case '\\':
		return expand_escape(e, text, n, quoted);
	case '$':
		return expand_dollar(e, text, n, quoted);
	case '`':
		length = span_length(text, n, quoted);
		if (sh.flow)
			return n;
		expand_backquote(e, text, length, quoted);
		return length;
	case '"':
		return quoted ? 1 : expand_double(e, text, n);
	case '\'':
		end = quoted ? NULL : memchr(text + 1, '\'', n - 1);
		if (!end)
			break;
		length = (size_t)(end - text) - 1;
		expansion_add(e, "", 1, M_HERE);
		expansion_add(e, text + 1, length, M_QUOTED);
		return length + 2;
	}
	expansion_add(e, text, 1, quoted ? M_QUOTED : M_LITERAL);
	return 1;
}

void expand_into(struct expansion *e, const char *text, size_t n, int quoted)
{
	size_t i = 0;

	if (stack_is_low())
		expand_fail("nested too deeply");
	while (i < n && !busy())
		i += expand_one(e, text + i, n - i, quoted);
}

/** A ~ that begins a word is $HOME. */
static const char *expand_tilde(struct expansion *e, const char *text)
{
	const char *home = var_get("HOME");

	if (*text != '~' || (text[1] && text[1] != '/') || !home)
		return text;
	expansion_add(e, home, strlen(home), M_QUOTED);
	return text + 1;
}

char *expansion_pattern(const struct expansion *e, size_t from, size_t to)
{
	struct str p = {0};
	size_t i;

	str_puts(&p, "");
	for (i = from; i < to && !busy(); i++) {
		char c = e->text.s[i], mark = e->mark.s[i];

		if (mark == M_BREAK || mark == M_HERE)
			continue;
		if (c == '\\' || (mark == M_QUOTED && strchr("*?[]-!^", c)))
			str_putc(&p, '\\');
		str_putc(&p, c);
	}
	return p.s;
}

/** The bytes of a range of an expansion. */
static char *expansion_plain(const struct expansion *e, size_t from, size_t to)
{
	struct str s = {0};
	size_t i;

	str_puts(&s, "");
	for (i = from; i < to && !busy(); i++) {
		if (e->mark.s[i] == M_BREAK)
			str_putc(&s, ' ');
		else if (e->mark.s[i] != M_HERE)
			str_putc(&s, e->text.s[i]);
	}
	return s.s;
}

/** One field is complete: file names that it stands for, or itself. */
static void field_end(const struct expansion *e, size_t from, size_t to, struct list *out)
{
	char *pattern = sh.noglob ? NULL : expansion_pattern(e, from, to);

	if (!pattern || !match_special(pattern) || (!glob_add(pattern, out) && !sh.flow))
		list_own(out, expansion_plain(e, from, to));
	mem_free(pattern);
}

/** Cuts an expansion into fields. */
static void split(const struct expansion *e, struct list *out)
{
	const char *ifs = var_get("IFS");
	size_t i, from = 0;
	int present = 0, blank = 0; /* blank: the last field was ended by white space */

	ifs = ifs ? ifs : " \t\n";
	for (i = 0; i < e->text.n && !busy(); i++) {
		int c = e->text.s[i], mark = e->mark.s[i];
		int cut = mark == M_SPLIT && c && strchr(ifs, c) != NULL;
		int space = cut && isspace((unsigned char)c);

		if (mark != M_BREAK && !cut) {
			if (!present)
				from = i;
			present = 1;
			blank = 0;
			continue;
		}
		if (present)
			field_end(e, from, i, out);
		else if (cut && !space && !blank)
			list_add(out, "");
		blank = space && (present || blank);
		present = 0;
	}
	if (present)
		field_end(e, from, i, out);
}

void expand_word(const char *text, struct list *out)
{
	struct expansion e = {0};

	text = expand_tilde(&e, text);
	expand_into(&e, text, strlen(text), 0);
	if (!sh.flow)
		split(&e, out);
	expansion_free(&e);
}

void expand_words(const struct word *w, struct list *out)
{
	for (; w && !sh.flow; w = w->next)
		expand_word(w->text, out);
}

char *expand_string(const char *text)
{
	struct expansion e = {0};
	char *s;

	text = expand_tilde(&e, text);
	expand_into(&e, text, strlen(text), 0);
	s = expansion_plain(&e, 0, e.text.n);
	expansion_free(&e);
	return s;
}

char *expand_pattern(const char *text)
{
	struct expansion e = {0};
	char *s;

	expand_into(&e, text, strlen(text), 0);
	s = expansion_pattern(&e, 0, e.text.n);
	expansion_free(&e);
	return s;
}

char *expand_here(const char *text)
{
	struct expansion e = {0};
	size_t i = 0, n = strlen(text);
	char *s;

	while (i < n && !busy()) {
		if (text[i] == '"') {
			expansion_add(&e, text + i++, 1, M_QUOTED);
		} else if (text[i] == '\\' && text[i + 1] == '"') {
			expansion_add(&e, text + i++, 1, M_QUOTED);
		} else {
			i += expand_one(&e, text + i, n - i, 1);
		}
	}
	s = expansion_plain(&e, 0, e.text.n);
	expansion_free(&e);
	return s;
}
