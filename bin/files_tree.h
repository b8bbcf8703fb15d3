/* SPDX-License-Identifier: ISC
 * The file server's tree: directories and files, the archive's read-only and /tmp's writable, found by hashing
 * (parent, name).  Makes no call.  Functions answer 0 or more, or a negative errno. */
#ifndef FILES_TREE_H
#define FILES_TREE_H

#include <stddef.h>
#include <stdint.h>
#include "files_tmp.h"
#include "hash.h"

#define NAME_LEN 255 /* bytes of one component */
#define PATH_LEN 1023

/** Where a listing of a directory stands. */
struct cursor {
	struct node *at; /* the next child, NULL: the end */
	struct cursor *next, **back;
};

#define NODES_MOST 16384 /* names that clients made */

struct node {
	struct hash_link link;
	struct node *parent, *next, *prev; /* among its parent's children */
	struct node *first, *last;         /* a directory's children */
	struct cursor *cursors;            /* a directory's */
	char *name;
	uint32_t ino, mode, mtime; /* mode with its type, S_IF…; s */
	uint32_t refs;             /* opens */
	int writable;              /* in /tmp */
	int device;                /* in /dev: DEV_… (files_dev.h) */
	const uint8_t *data;       /* of an archive's file */
	uint64_t len;
	struct tmp_file tmp;
};

/** Makes the root and nothing else.  -ENOMEM. */
int tree_start(void);

struct node *tree_root(void);

/** The node of a path, absolute or not, from the root; "." and ".." mean what they should.
 * -ENOENT · -ENOTDIR · -ENAMETOOLONG. */
int tree_find(const char *path, struct node **out);

/** The directory in which a path's last component stands, and that component (NAME_LEN + 1 bytes).
 * -EINVAL: it has none, or it is "." or "..". */
int tree_parent(const char *path, struct node **dir, char *name);

/** A child of a directory by name, or NULL. */
struct node *node_child(const struct node *dir, const char *name);

/** A new node in a directory; writable if the directory is.  -EEXIST · -ENOMEM. */
int node_make(struct node *dir, const char *name, uint32_t mode, uint32_t mtime, struct node **out);

/** Takes a node out of its directory; it is gone when nobody has it open.  -ENOTEMPTY. */
int node_remove(struct node *n);

/** Moves a node, replacing what stands there.  -EINVAL into itself · -ENOTDIR · -EISDIR · -ENOTEMPTY · -ENOMEM. */
int node_rename(struct node *n, struct node *dir, const char *name);

/** One more, one fewer open. */
void node_hold(struct node *n);
void node_drop(struct node *n);

void cursor_start(struct cursor *c, struct node *dir);
/** The next child, NULL at the end. */
struct node *cursor_next(struct cursor *c);
void cursor_end(struct cursor *c);

#endif
