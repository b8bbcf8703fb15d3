/* SPDX-License-Identifier: ISC
 * Loads the boot archive: its files' contents stay in it, the tree points there.  Directories that it does not
 * name are made; what occurs twice stands as it came last, as tar extracts it. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "files_tar.h"
#include "files_tree.h"
#include "ustar.h"

#define DIR_MODE (S_IFDIR | 0555)

/** The directory of a path, with all above it that are missing. */
static int tar_dir(char *path, uint32_t mtime, struct node **out)
{
	struct node *at = tree_root();

	for (char *part = strtok(path, "/"); part; part = strtok(NULL, "/")) {
		struct node *next = node_child(at, part);
		int r = next ? 0 : node_make(at, part, DIR_MODE, mtime, &next);

		if (r < 0)
			return r;
		if (!S_ISDIR(next->mode))
			return -ENOTDIR;
		at = next;
	}
	*out = at;
	return 0;
}

static int tar_add(struct ustar_entry *e)
{
	char *slash = strrchr(e->path, '/'), *name = slash ? slash + 1 : e->path;
	char above[USTAR_PATH] = "";
	struct node *dir, *n;
	int r;

	if (e->type == USTAR_DIR)
		return tar_dir(e->path, e->mtime, &dir);
	if (e->type != USTAR_FILE || !*name)
		return 0;
	if (slash)
		memcpy(above, e->path, (size_t)(slash - e->path));
	r = tar_dir(above, e->mtime, &dir);
	if (r < 0)
		return r;
	n = node_child(dir, name);
	r = n ? 0 : node_make(dir, name, S_IFREG, e->mtime, &n);
	if (r < 0 || S_ISDIR(n->mode))
		return r;
	n->mode = S_IFREG | (e->mode & 0555);
	n->data = e->data;
	n->len = e->len;
	return 0;
}

int tar_load(const uint8_t *archive, uint32_t len)
{
	struct ustar_entry e;
	uint32_t pos = 0;
	int count = 0;

	while (ustar_next(archive, len, &pos, &e)) {
		int r = tar_add(&e);

		if (r == -ENOMEM)
			return r;
		count += r == 0;
	}
	return count;
}
