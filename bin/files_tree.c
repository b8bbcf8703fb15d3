/* SPDX-License-Identifier: ISC
 * The tree of files_tree.h. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "files_tree.h"

static struct hash children; /* of all directories, by parent and name */
static struct node root;
static uint32_t last_ino;

static uint32_t child_key(const struct node *dir, const char *name)
{
	return hash_bytes(hash_mix(dir->ino), name, strlen(name));
}

int tree_start(void)
{
	root.ino = ++last_ino;
	root.mode = S_IFDIR | 0555;
	root.parent = &root;
	root.refs = 1;
	root.name = "";
	return 0;
}

struct node *tree_root(void)
{
	return &root;
}

struct node *node_child(const struct node *dir, const char *name)
{
	struct hash_link *l = hash_first(&children, child_key(dir, name));

	for (; l; l = hash_next(l)) {
		struct node *n = hash_item(l, struct node, link);

		if (n->parent == dir && !strcmp(n->name, name))
			return n;
	}
	return NULL;
}

/** Takes the next component off *path.  Its length, 0: there is none. */
static int path_part(const char **path, char *name)
{
	size_t n = 0;

	while (**path == '/')
		(*path)++;
	while ((*path)[n] && (*path)[n] != '/')
		n++;
	if (n > NAME_LEN)
		return -ENAMETOOLONG;
	memcpy(name, *path, n);
	name[n] = 0;
	*path += n;
	return (int)n;
}

static int path_step(struct node **at, const char *name)
{
	if (!S_ISDIR((*at)->mode))
		return -ENOTDIR;
	if (!strcmp(name, "."))
		return 0;
	*at = strcmp(name, "..") ? node_child(*at, name) : (*at)->parent;
	return *at ? 0 : -ENOENT;
}

static int path_ends(const char *path)
{
	while (*path == '/')
		path++;
	return !*path;
}

int tree_find(const char *path, struct node **out)
{
	size_t len = strlen(path);
	char name[NAME_LEN + 1];
	struct node *at = &root;
	int r;

	while ((r = path_part(&path, name)) > 0) {
		r = path_step(&at, name);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	if (len && path[-1] == '/' && !S_ISDIR(at->mode))
		return -ENOTDIR;
	*out = at;
	return 0;
}

int tree_parent(const char *path, struct node **dir, char *name)
{
	struct node *at = &root;
	int r = path_part(&path, name);

	while (r > 0 && !path_ends(path)) {
		r = path_step(&at, name);
		if (r < 0)
			return r;
		r = path_part(&path, name);
	}
	if (r < 0)
		return r;
	if (r == 0 || !strcmp(name, ".") || !strcmp(name, ".."))
		return -EINVAL;
	if (!S_ISDIR(at->mode))
		return -ENOTDIR;
	*dir = at;
	return 0;
}

/** Puts a node, which has its name, at the end of a directory. */
static int node_link(struct node *n, struct node *dir)
{
	if (hash_add(&children, &n->link, child_key(dir, n->name)))
		return -ENOMEM;
	n->parent = dir;
	n->next = NULL;
	n->prev = dir->last;
	*(dir->last ? &dir->last->next : &dir->first) = n;
	dir->last = n;
	return 0;
}

static void node_unlink(struct node *n)
{
	struct node *dir = n->parent;

	for (struct cursor *c = dir->cursors; c; c = c->next) {
		if (c->at == n)
			c->at = n->next;
	}
	*(n->prev ? &n->prev->next : &dir->first) = n->next;
	*(n->next ? &n->next->prev : &dir->last) = n->prev;
	hash_del(&children, &n->link);
}

static int made; /* nodes that clients made */

static void node_free(struct node *n)
{
	made -= n->writable;
	tmp_cut(&n->tmp, 0);
	free(n->name);
	free(n);
}

int node_make(struct node *dir, const char *name, uint32_t mode, uint32_t mtime, struct node **out)
{
	struct node *n;

	if (node_child(dir, name))
		return -EEXIST;
	if (dir->writable && made >= NODES_MOST)
		return -ENOSPC;
	n = calloc(1, sizeof(*n));
	if (!n)
		return -ENOMEM;
	n->name = strdup(name);
	n->ino = ++last_ino;
	n->mode = mode;
	n->mtime = mtime;
	n->writable = dir->writable;
	made += n->writable;
	n->refs = 1; /* its directory's */
	if (!n->name || node_link(n, dir)) {
		node_free(n);
		return -ENOMEM;
	}
	*out = n;
	return 0;
}

int node_remove(struct node *n)
{
	if (n->first)
		return -ENOTEMPTY;
	node_unlink(n);
	node_drop(n);
	return 0;
}

/** What may stand in the way of a rename. */
static int rename_check(const struct node *n, const struct node *dir, const struct node *old)
{
	for (const struct node *up = dir; up != &root; up = up->parent) {
		if (up == n)
			return -EINVAL;
	}
	if (!old)
		return 0;
	if (S_ISDIR(n->mode) && !S_ISDIR(old->mode))
		return -ENOTDIR;
	if (!S_ISDIR(n->mode) && S_ISDIR(old->mode))
		return -EISDIR;
	return old->first ? -ENOTEMPTY : 0;
}

int node_rename(struct node *n, struct node *dir, const char *name)
{
	struct node *old = node_child(dir, name);
	char *copy;
	int r;

	if (old == n)
		return 0;
	r = rename_check(n, dir, old);
	if (r < 0)
		return r;
	copy = strdup(name);
	if (!copy)
		return -ENOMEM;
	if (old)
		node_remove(old);
	node_unlink(n);
	free(n->name);
	n->name = copy;
	return node_link(n, dir); /* the slots are there: one was just freed */
}

void node_hold(struct node *n)
{
	n->refs++;
}

void node_drop(struct node *n)
{
	if (--n->refs == 0)
		node_free(n);
}

void cursor_start(struct cursor *c, struct node *dir)
{
	c->at = dir->first;
	c->next = dir->cursors;
	c->back = &dir->cursors;
	if (c->next)
		c->next->back = &c->next;
	dir->cursors = c;
}

struct node *cursor_next(struct cursor *c)
{
	struct node *n = c->at;

	if (n)
		c->at = n->next;
	return n;
}

void cursor_end(struct cursor *c)
{
	*c->back = c->next;
	if (c->next)
		c->next->back = c->back;
}
