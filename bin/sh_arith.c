/* SPDX-License-Identifier: ISC
 * The value of $((…)): C's integer operators over 64 bits, with variables and assignment.  Wraps where C
 * would leave the result undefined. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

/** An expression being evaluated.  skip: the value does not count (the other side of ?: && ||). */
struct arith {
	const char *s;
	int skip, failed;
	int names; /* variables that stand for one another */
};

static int64_t assignment(struct arith *a);

static int64_t fail(struct arith *a, const char *what)
{
	if (!a->failed && !sh.flow)
		expand_fail("arithmetic: %s", what);
	a->failed = 1;
	return 0;
}

static void blanks(struct arith *a)
{
	while (isspace((unsigned char)*a->s))
		a->s++;
}

/** Past the operator if it comes now and is not the beginning of a longer one. */
static int take(struct arith *a, const char *op, const char *unless)
{
	size_t n = strlen(op);

	blanks(a);
	if (strncmp(a->s, op, n) != 0 || (a->s[n] && strchr(unless, a->s[n])))
		return 0;
	a->s += n;
	return 1;
}

/** The name at the present place, to be freed; NULL if there is none. */
static char *take_name(struct arith *a)
{
	const char *from;
	struct str name = {0};

	blanks(a);
	from = a->s;
	if (!isalpha((unsigned char)*from) && *from != '_')
		return NULL;
	while (isalnum((unsigned char)*a->s) || *a->s == '_')
		a->s++;
	str_add(&name, from, (size_t)(a->s - from));
	return name.s;
}

/** A variable's value is an expression itself; an unset one is 0. */
static int64_t variable(struct arith *a, const char *name)
{
	struct arith inner = {.s = var_get(name), .skip = a->skip, .names = a->names + 1};
	int64_t v;

	if (!inner.s || !*inner.s)
		return 0;
	if (inner.names > 50)
		return fail(a, "a variable refers to itself");
	v = assignment(&inner);
	blanks(&inner);
	if (!inner.failed && *inner.s)
		return fail(a, "a variable is not a number");
	a->failed |= inner.failed;
	return v;
}

/** A number; behind a minus the least one, too, which has no counterpart. */
static int64_t number(struct arith *a, int minus)
{
	uint64_t v;
	int fits = number_digits(&a->s, a->s + strlen(a->s), &v);

	if (fits && (isalnum((unsigned char)*a->s) || *a->s == '_'))
		return fail(a, "not a number");
	if (!fits || v > (uint64_t)INT64_MAX + (uint64_t)minus)
		return fail(a, isdigit((unsigned char)*a->s) || fits ? "a number is too great" : "not a number");
	return (int64_t)(minus ? 0 - v : v);
}

static int64_t primary(struct arith *a)
{
	char *name;
	int64_t v;

	if (take(a, "(", "")) {
		v = assignment(a);
		return take(a, ")", "") ? v : fail(a, ") is missing");
	}
	if (isdigit((unsigned char)*a->s))
		return number(a, 0);
	name = take_name(a);
	if (!name)
		return fail(a, *a->s ? "syntax error" : "an operand is missing");
	v = variable(a, name);
	mem_free(name);
	return v;
}

static int number_next(struct arith *a)
{
	blanks(a);
	return isdigit((unsigned char)*a->s);
}

static int64_t unary(struct arith *a)
{
	int64_t v;

	if (stack_is_low())
		return fail(a, "nested too deeply");
	if (busy())
		return fail(a, "interrupted");
	if (take(a, "!", "="))
		v = !unary(a);
	else if (take(a, "~", ""))
		v = ~unary(a);
	else if (take(a, "-", ""))
		v = number_next(a) ? number(a, 1) : (int64_t)(0 - (uint64_t)unary(a));
	else if (take(a, "+", ""))
		v = unary(a);
	else
		v = primary(a);
	return v;
}

static int64_t divide(struct arith *a, int64_t x, int64_t y, int rest)
{
	if (a->skip || a->failed)
		return 0;
	if (!y)
		return fail(a, "division by zero");
	if (y == -1) /* the least number has no counterpart */
		return rest ? 0 : (int64_t)(0 - (uint64_t)x);
	return rest ? x % y : x / y;
}

/** What x op y is; op is the operator's bytes. */
static int64_t apply(struct arith *a, const char *op, int64_t x, int64_t y)
{
	uint64_t ux = (uint64_t)x, uy = (uint64_t)y;

	switch (op[0]) {
	case '*':
		return (int64_t)(ux * uy);
	case '/':
		return divide(a, x, y, 0);
	case '%':
		return divide(a, x, y, 1);
	case '+':
		return (int64_t)(ux + uy);
	case '-':
		return (int64_t)(ux - uy);
	case '<':
		return op[1] == '<' ? (int64_t)(ux << (uy & 63)) : op[1] ? x <= y : x < y;
	case '>':
		return op[1] == '>' ? x >> (uy & 63) : op[1] ? x >= y : x > y;
	case '=':
		return x == y;
	case '!':
		return x != y;
	case '&':
		return x & y;
	case '^':
		return x ^ y;
	default:
		return x | y;
	}
}

/** The operators of two operands, tightest first; `unless`: what a longer operator goes on with. */
static const struct {
	int level;
	const char *op, *unless;
} binary[] = {
	{0, "*", "="},
	{0, "/", "="},
	{0, "%", "="},
	{1, "+", "="},
	{1, "-", "="},
	{2, "<<", "="},
	{2, ">>", "="},
	{3, "<=", ""},
	{3, ">=", ""},
	{3, "<", "<"},
	{3, ">", ">"},
	{4, "==", ""},
	{4, "!=", ""},
	{5, "&", "&="},
	{6, "^", "="},
	{7, "|", "|="},
};

static int64_t level(struct arith *a, int n)
{
	int64_t v = n ? level(a, n - 1) : unary(a);
	size_t i = 0;

	while (i < sizeof binary / sizeof *binary && !a->failed) {
		if (binary[i].level != n || !take(a, binary[i].op, binary[i].unless)) {
			i++;
			continue;
		}
		v = apply(a, binary[i].op, v, n ? level(a, n - 1) : unary(a));
		i = 0;
	}
	return v;
}

static int64_t both(struct arith *a)
{
	int64_t v = level(a, 7), w;

	while (!a->failed && take(a, "&&", "")) {
		a->skip += !v;
		w = level(a, 7);
		a->skip -= !v;
		v = v && w;
	}
	return v;
}

static int64_t either(struct arith *a)
{
	int64_t v = both(a), w;
	int known;

	while (!a->failed && take(a, "||", "")) {
		known = v != 0;
		a->skip += known;
		w = both(a);
		a->skip -= known;
		v = known || w;
	}
	return v;
}

static int64_t choice(struct arith *a)
{
	int64_t v = either(a), yes, no;

	if (a->failed || !take(a, "?", ""))
		return v;
	a->skip += !v;
	yes = assignment(a);
	a->skip -= !v;
	if (!take(a, ":", ""))
		return fail(a, ": is missing");
	a->skip += v != 0;
	no = assignment(a);
	a->skip -= v != 0;
	return v ? yes : no;
}

/** The assignment operator that comes now, without its =: "" for a plain one; NULL if none does. */
static const char *assign_op(struct arith *a)
{
	static const char *const ops[] = {"<<", ">>", "*", "/", "%", "+", "-", "&", "^", "|"};
	size_t i, n;

	if (take(a, "=", "="))
		return "";
	for (i = 0; i < sizeof ops / sizeof *ops; i++) {
		n = strlen(ops[i]);
		if (strncmp(a->s, ops[i], n) != 0 || a->s[n] != '=')
			continue;
		a->s += n + 1;
		return ops[i];
	}
	return NULL;
}

static int64_t assignment(struct arith *a)
{
	const char *from, *op;
	char *name, text[24];
	int64_t v;

	if (stack_is_low())
		return fail(a, "nested too deeply");
	blanks(a);
	from = a->s;
	name = take_name(a);
	op = name ? assign_op(a) : NULL;
	if (!op) {
		mem_free(name);
		a->s = from;
		return choice(a);
	}
	v = assignment(a);
	if (*op)
		v = apply(a, op, variable(a, name), v);
	snprintf(text, sizeof text, "%lld", (long long)v);
	if (!a->skip && !a->failed && var_set(name, text) < 0)
		fail(a, "cannot assign");
	mem_free(name);
	return v;
}

int64_t arith_eval(const char *text)
{
	struct arith a = {.s = text};
	int64_t v;

	blanks(&a);
	if (!*a.s)
		return 0;
	v = assignment(&a);
	blanks(&a);
	if (!a.failed && *a.s)
		fail(&a, "syntax error");
	return a.failed ? 0 : v;
}
