/* SPDX-License-Identifier: ISC
 * Variables and functions: one hash table of names each, which grows.  A subshell works on a copy. */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define TABLE_FIRST 64

struct var {
	struct var *next;
	char *value;       /* NULL: unset, but marked */
	struct node *body; /* of a function */
	int flags;
	char name[];
};

struct var_table {
	struct var **slot;
	size_t size, n; /* size: a power of two */
	struct var_table *above;
};

struct var_saved {
	struct var_saved *above;
	char *name, *value;
	int flags;
};

static struct var_table first_vars, first_funcs;
static struct var_table *vars = &first_vars, *funcs = &first_funcs;

static size_t name_hash(const char *s)
{
	size_t h = 5381;

	while (*s)
		h = h * 33 + (unsigned char)*s++;
	return h;
}

static void table_grow(struct var_table *t)
{
	size_t size = t->size ? t->size * 2 : TABLE_FIRST, i;
	struct var **slot = t->size ? malloc(size * sizeof *slot) : mem_get(size * sizeof *slot);

	if (!slot)
		return; /* it only gets slower */
	memset(slot, 0, size * sizeof *slot);
	for (i = 0; i < t->size; i++) {
		while (t->slot[i]) {
			struct var *v = t->slot[i];
			size_t h = name_hash(v->name) & (size - 1);

			t->slot[i] = v->next;
			v->next = slot[h];
			slot[h] = v;
		}
	}
	mem_free(t->slot);
	t->slot = slot;
	t->size = size;
}

static struct var *var_find(struct var_table *t, const char *name)
{
	struct var *v = t->size ? t->slot[name_hash(name) & (t->size - 1)] : NULL;

	while (v && strcmp(v->name, name) != 0)
		v = v->next;
	return v;
}

/** The variable, made if need be; NULL if there is no memory for it. */
static struct var *var_make(struct var_table *t, const char *name)
{
	struct var *v = var_find(t, name), **slot;

	if (v)
		return v;
	if (t->n >= t->size)
		table_grow(t);
	v = mem_is_out() ? NULL : mem_try(sizeof *v + strlen(name) + 1);
	if (!v)
		return NULL;
	memset(v, 0, sizeof *v);
	strcpy(v->name, name);
	slot = &t->slot[name_hash(name) & (t->size - 1)];
	v->next = *slot;
	*slot = v;
	t->n++;
	return v;
}

static void var_free(struct var *v)
{
	if (v->body)
		arena_drop(v->body->arena);
	mem_free(v->value);
	mem_free(v);
}

static void var_drop(struct var_table *t, const char *name)
{
	struct var **p, *v = var_find(t, name);

	if (!v)
		return;
	for (p = &t->slot[name_hash(name) & (t->size - 1)]; *p != v; p = &(*p)->next)
		;
	*p = v->next;
	t->n--;
	var_free(v);
}

static void table_clear(struct var_table *t)
{
	size_t i;

	for (i = 0; i < t->size; i++) {
		while (t->slot[i]) {
			struct var *v = t->slot[i];

			t->slot[i] = v->next;
			var_free(v);
		}
	}
	mem_free(t->slot);
	memset(t, 0, sizeof *t);
}

/** The names in a table, sorted. */
static void table_names(struct var_table *t, const char *start, struct list *out)
{
	size_t i, from = out->n;
	struct var *v;

	for (i = 0; i < t->size; i++)
		for (v = t->slot[i]; v; v = v->next)
			if (!strncmp(v->name, start, strlen(start)))
				list_add(out, v->name);
	list_sort(out, from);
}

const char *var_get(const char *name)
{
	struct var *v = var_find(vars, name);

	return v ? v->value : NULL;
}

int var_set(const char *name, const char *value)
{
	struct var *v = var_make(vars, name);
	char *copy;

	if (!v)
		return -1;
	if (v->flags & VAR_READONLY) {
		complain("%s: is read only", name);
		return -1;
	}
	copy = mem_dup(value);
	if (mem_is_out()) {
		mem_free(copy);
		return -1;
	}
	mem_free(v->value);
	v->value = copy;
	return 0;
}

int var_unset(const char *name)
{
	struct var *v = var_find(vars, name);

	if (v && v->flags & VAR_READONLY) {
		complain("%s: is read only", name);
		return -1;
	}
	var_drop(vars, name);
	return 0;
}

void var_mark(const char *name, int flags)
{
	struct var *v = var_make(vars, name);

	if (v)
		v->flags |= flags;
}

struct var_saved *var_save(struct var_saved *above, const char *name)
{
	struct var *v = var_find(vars, name);
	struct var_saved *s = mem_get(sizeof *s);

	s->above = above;
	s->name = mem_dup(name);
	s->value = v && v->value ? mem_dup(v->value) : NULL;
	s->flags = v ? v->flags : 0;
	return s;
}

/** Puts one variable back and answers the one saved before it. */
static struct var_saved *restore_one(struct var_saved *s)
{
	struct var_saved *above = s->above;
	struct var *v = s->value || s->flags ? var_make(vars, s->name) : NULL;

	if (v) {
		mem_free(v->value);
		v->value = s->value;
		v->flags = s->flags;
	} else {
		var_drop(vars, s->name);
		mem_free(s->value);
	}
	mem_free(s->name);
	mem_free(s);
	return above;
}

void var_restore(struct var_saved *s)
{
	while (s)
		s = restore_one(s);
}

void locals_drop(struct var_saved *from)
{
	while (locals != from)
		locals = restore_one(locals);
}

static void table_copy(struct var_table *to, struct var_table *from)
{
	size_t i;
	struct var *v, *c;

	for (i = 0; i < from->size; i++) {
		for (v = from->slot[i]; v; v = v->next) {
			c = var_make(to, v->name);
			if (!c)
				return;
			c->value = v->value ? mem_dup(v->value) : NULL;
			c->flags = v->flags;
			c->body = v->body;
			if (c->body)
				arena_hold(c->body->arena);
		}
	}
}

struct var_table *vars_push(void)
{
	struct var_table *t = mem_get(2 * sizeof *t);

	memset(t, 0, 2 * sizeof *t);
	table_copy(&t[0], vars);
	table_copy(&t[1], funcs);
	t[0].above = vars;
	t[1].above = funcs;
	vars = &t[0];
	funcs = &t[1];
	return t;
}

void vars_pop(struct var_table *t)
{
	vars = t[0].above;
	funcs = t[1].above;
	table_clear(&t[0]);
	table_clear(&t[1]);
	mem_free(t);
}

void vars_environ(struct list *out)
{
	size_t i;
	struct var *v;

	for (i = 0; i < vars->size; i++) {
		for (v = vars->slot[i]; v; v = v->next) {
			struct str s = {0};

			if (!v->value || !(v->flags & VAR_EXPORT))
				continue;
			str_printf(&s, "%s=%s", v->name, v->value);
			list_own(out, s.s);
		}
	}
}

void vars_import(char *const *env)
{
	struct str name = {0};

	for (; env && *env; env++) {
		const char *eq = strchr(*env, '=');

		if (!eq || !name_valid(*env, (size_t)(eq - *env)))
			continue;
		name.n = 0;
		str_add(&name, *env, (size_t)(eq - *env));
		var_set(name.s, eq + 1);
		var_mark(name.s, VAR_EXPORT);
	}
	str_free(&name);
}

void vars_print(struct str *b, int only)
{
	struct list names = {0};
	size_t i;

	table_names(vars, "", &names);
	for (i = 0; i < names.n; i++) {
		struct var *v = var_find(vars, names.v[i]);

		if (only && !(v->flags & only))
			continue;
		str_puts(b, only == VAR_READONLY                           ? "readonly "
			    : v->flags & VAR_EXPORT && (only || !v->value) ? "export "
									   : "");
		str_puts(b, v->name);
		if (v->value) {
			str_putc(b, '=');
			str_quote(b, v->value);
		}
		str_putc(b, '\n');
	}
	list_free(&names);
}

struct node *func_get(const char *name)
{
	struct var *v = var_find(funcs, name);

	return v ? v->body : NULL;
}

void func_set(const char *name, struct node *body)
{
	struct var *v;

	if (!body) {
		var_drop(funcs, name);
		return;
	}
	v = var_make(funcs, name);
	if (!v)
		return;
	arena_hold(body->arena);
	if (v->body)
		arena_drop(v->body->arena);
	v->body = body;
}

void funcs_print(struct str *b)
{
	struct list names = {0};
	size_t i;

	table_names(funcs, "", &names);
	for (i = 0; i < names.n; i++) {
		str_printf(b, "%s() ", names.v[i]);
		node_print(b, func_get(names.v[i]));
		str_putc(b, '\n');
	}
	list_free(&names);
}

void vars_match(const char *start, struct list *out)
{
	table_names(vars, start, out);
}

void funcs_match(const char *start, struct list *out)
{
	table_names(funcs, start, out);
}
