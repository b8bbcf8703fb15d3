/* SPDX-License-Identifier: ISC
 * The shell's memory: strings and lists that grow, arenas for syntax trees, and how deep the stack may go.
 *
 * Running out is the failure of the command that asked: it is said once, the command is given up (sh.flow), and until it
 * has been left strings and lists stay as they are.  The single structs that are still made on the way out come from a
 * reserve in the shell's own image, which is why nobody frees what is of here by any other way than mem_free. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define BLOCK_SIZE 2000
#define RESERVE    32768
#define STACK_REST 32768 /* for what does not recurse */

struct arena_block {
	struct arena_block *next;
	size_t n, cap;
	_Alignas(8) char bytes[];
};

static _Alignas(8) char reserve[RESERVE];
static size_t reserve_n; /* bytes handed out; all are free again when the last of reserve_live is */
static int reserve_live;
static char none[1]; /* the text of a string that found no memory */
static int out_of;
static const char *stack_end; /* the lowest address that may be used */

/* ---- running out ---- */

int mem_is_out(void)
{
	return out_of;
}

static void mem_out(void)
{
	if (out_of)
		return;
	out_of = 1;
	expand_fail("out of memory");
}

void flow_resume(void)
{
	sh.flow = FLOW_ON;
	out_of = 0;
}

static int in_reserve(const void *p)
{
	return (const char *)p >= reserve && (const char *)p < reserve + RESERVE;
}

/** From the reserve; a shell that leaves a command needs a small part of it. */
static void *reserve_get(size_t n)
{
	static const char text[] = "sh: out of memory\n";
	void *p = reserve + reserve_n;

	n = (n + 7) & ~(size_t)7;
	if (n > RESERVE - reserve_n)
		_exit(write(2, text, sizeof text - 1) < 0 ? 3 : 2);
	reserve_n += n;
	reserve_live++;
	return p;
}

void *mem_try(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		mem_out();
	return p;
}

void *mem_get(size_t n)
{
	void *p = mem_try(n);

	return p ? p : reserve_get(n);
}

void mem_free(void *p)
{
	if (p == none)
		return;
	if (!in_reserve(p)) {
		free(p);
		return;
	}
	if (!--reserve_live)
		reserve_n = 0;
}

void *mem_grow(void *old, size_t *cap, size_t n, size_t size)
{
	size_t want = n < 8 ? 8 : n + n / 2;
	void *p;

	if (n <= *cap)
		return old;
	p = n > (size_t)-1 / 2 / size ? NULL : realloc(old, want * size);
	if (p)
		*cap = want;
	else
		mem_out();
	return p;
}

char *mem_text(const char *s, size_t n)
{
	char *p = out_of ? NULL : mem_try(n + 1);

	if (!p)
		return none;
	memcpy(p, s, n);
	p[n] = 0;
	return p;
}

char *mem_dup(const char *s)
{
	return mem_text(s, strlen(s));
}

/* ---- the stack ---- */

void stack_init(const void *base, size_t len)
{
	stack_end = (const char *)base - len + STACK_REST;
}

int stack_is_low(void)
{
	return (const char *)__builtin_frame_address(0) < stack_end;
}

/* ---- strings and lists ---- */

/** Room for n more bytes and a NUL.  0: there is none. */
static int str_room(struct str *b, size_t n)
{
	char *s = NULL;

	if (!out_of && n < (size_t)-1 - b->n)
		s = mem_grow(b->cap ? b->s : NULL, &b->cap, b->n + n + 1, 1);
	else
		mem_out();
	if (s)
		b->s = s;
	else if (!b->cap)
		b->s = none;
	return s != NULL;
}

void str_add(struct str *b, const char *s, size_t n)
{
	if (!str_room(b, n))
		return;
	if (n)
		memcpy(b->s + b->n, s, n);
	b->n += n;
	b->s[b->n] = 0;
}

void str_puts(struct str *b, const char *s)
{
	str_add(b, s, strlen(s));
}

void str_putc(struct str *b, int c)
{
	char one = (char)c;

	str_add(b, &one, 1);
}

void str_printf(struct str *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !str_room(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->s + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

const char *str_text(const struct str *b)
{
	return b->s ? b->s : "";
}

void str_free(struct str *b)
{
	mem_free(b->s);
	memset(b, 0, sizeof *b);
}

void str_quote(struct str *b, const char *s)
{
	str_putc(b, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			str_puts(b, "'\\''");
		else
			str_putc(b, *s);
	}
	str_putc(b, '\'');
}

void list_own(struct list *l, char *s)
{
	char **v = out_of ? NULL : mem_grow(l->v, &l->cap, l->n + 2, sizeof *v);

	if (!v) {
		mem_free(s);
		return;
	}
	l->v = v;
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void list_add(struct list *l, const char *s)
{
	list_own(l, mem_dup(s));
}

char **list_argv(struct list *l)
{
	static char *nothing[1];

	return l->v ? l->v : nothing;
}

void list_drop(struct list *l, size_t n)
{
	size_t i;

	if (!n)
		return;
	for (i = 0; i < n; i++)
		mem_free(l->v[i]);
	l->n -= n;
	memmove(l->v, l->v + n, (l->n + 1) * sizeof *l->v);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void list_sort(struct list *l, size_t from)
{
	if (l->n > from + 1)
		qsort(l->v + from, l->n - from, sizeof *l->v, by_text);
}

void list_free(struct list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		mem_free(l->v[i]);
	mem_free(l->v);
	memset(l, 0, sizeof *l);
}

struct arena *arena_new(void)
{
	struct arena *a = mem_get(sizeof *a);

	a->blocks = NULL;
	a->holders = 1;
	return a;
}

void arena_hold(struct arena *a)
{
	a->holders++;
}

void arena_drop(struct arena *a)
{
	struct arena_block *b, *next;

	if (--a->holders)
		return;
	for (b = a->blocks; b; b = next) {
		next = b->next;
		mem_free(b);
	}
	mem_free(a);
}

/** Zeroed bytes; NULL if there is no memory. */
static void *arena_try(struct arena *a, size_t n)
{
	struct arena_block *b = a->blocks;
	size_t cap = n > BLOCK_SIZE ? n : BLOCK_SIZE;
	void *p;

	n = (n + 7) & ~(size_t)7;
	if (!b || b->cap - b->n < n) {
		b = out_of ? NULL : mem_try(sizeof *b + cap + 8);
		if (!b)
			return NULL;
		b->next = a->blocks;
		b->n = 0;
		b->cap = cap + 8;
		a->blocks = b;
	}
	p = b->bytes + b->n;
	b->n += n;
	return memset(p, 0, n);
}

void *arena_get(struct arena *a, size_t n)
{
	static _Alignas(8) char scratch[256]; /* the parser, which asks, ends at its next token */
	void *p = arena_try(a, n);

	return p ? p : memset(scratch, 0, sizeof scratch);
}

char *arena_text(struct arena *a, const char *s, size_t n)
{
	char *p = arena_try(a, n + 1);

	return p ? memcpy(p, s, n) : none;
}
