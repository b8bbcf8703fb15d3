/* SPDX-License-Identifier: ISC
 * The shell's memory: strings and lists that grow, and arenas for syntax trees.  Never answers NULL: when
 * memory runs out the shell says so and ends. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define BLOCK_SIZE 2000

struct arena_block {
	struct arena_block *next;
	size_t n, cap;
	_Alignas(8) char bytes[];
};

static void *mem_check(void *p)
{
	static const char text[] = "sh: out of memory\n";

	if (p)
		return p;
	if (write(2, text, sizeof text - 1) < 0)
		_exit(3);
	_exit(2);
}

void *mem_get(size_t n)
{
	return mem_check(malloc(n ? n : 1));
}

char *mem_dup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_get(n), s, n);
}

static void str_room(struct str *b, size_t n)
{
	size_t want = b->n + n + 1;

	if (want <= b->cap)
		return;
	b->cap = want < 32 ? 32 : want + want / 2;
	b->s = mem_check(realloc(b->s, b->cap));
}

void str_add(struct str *b, const char *s, size_t n)
{
	str_room(b, n);
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
	if (n < 0)
		return;
	str_room(b, (size_t)n);
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
	free(b->s);
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
	if (l->n + 2 > l->cap) {
		l->cap = l->cap ? l->cap * 2 : 8;
		l->v = mem_check(realloc(l->v, l->cap * sizeof *l->v));
	}
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void list_add(struct list *l, const char *s)
{
	list_own(l, mem_dup(s));
}

char **list_argv(struct list *l)
{
	static char *none[1];

	return l->v ? l->v : none;
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
		free(l->v[i]);
	free(l->v);
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
		free(b);
	}
	free(a);
}

void *arena_get(struct arena *a, size_t n)
{
	struct arena_block *b = a->blocks;
	size_t cap = n > BLOCK_SIZE ? n : BLOCK_SIZE;
	void *p;

	n = (n + 7) & ~(size_t)7;
	if (!b || b->cap - b->n < n) {
		b = mem_get(sizeof *b + cap + 8);
		b->next = a->blocks;
		b->n = 0;
		b->cap = cap + 8;
		a->blocks = b;
	}
	p = b->bytes + b->n;
	b->n += n;
	return memset(p, 0, n);
}

char *arena_text(struct arena *a, const char *s, size_t n)
{
	char *p = arena_get(a, n + 1);

	memcpy(p, s, n);
	return p;
}
