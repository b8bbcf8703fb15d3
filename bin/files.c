/* SPDX-License-Identifier: ISC
 * files: the file server: the boot archive read-only, /tmp in memory, /dev/null, and pipes, over the io protocol of
 * lib/proto.h.  One message after the other; it waits for no client, and believes no length, handle or path.
 * Started by init with the archive's frame, which is its own, and the number of bytes that count. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "files_handle.h"
#include "files_tar.h"
#include "window.h"

/** Serves one request of a client.  Its result: 0 or more, an ERR_…, or PROTO_ERRNO; or LATER. */
typedef int (*serve_fn)(struct client *c, struct msg *m);

#define LATER     ((int)0x80000000) /* answered already, or later */
#define NS        1000000000LL
#define MODE_NULL (S_IFCHR | 0666)

static int result(int r) /* of the tree's functions */
{
	return r < 0 ? PROTO_ERRNO(-r) : r;
}

static uint32_t now(void)
{
	return (uint32_t)(time_now() / NS);
}

/** Copies a path out of the message's frame.  0, or -errno. */
static int path_get(const struct msg *m, size_t len, char path[PATH_LEN + 1])
{
	size_t n = len;
	const char *from;

	if (len > PATH_LEN)
		return -ENAMETOOLONG;
	from = len ? window_open(m->frame, &n) : NULL;
	if (!from)
		return -EINVAL;
	memcpy(path, from, n);
	path[n] = 0;
	window_close((void *)(uintptr_t)from, n);
	return *path ? 0 : -ENOENT;
}

static int io_type(const struct node *n)
{
	return S_ISDIR(n->mode) ? IO_IS_DIR : IO_IS_FILE;
}

/* ---- opening and closing ---- */

/** The node that an open means, made if it may be. */
static int open_node(const char *path, int flags, uint32_t mode, struct node **n)
{
	char name[NAME_LEN + 1];
	struct node *dir;
	int r = tree_find(path, n);

	if (r == 0)
		return flags & O_CREAT && flags & O_EXCL ? -EEXIST : 0;
	if (r != -ENOENT || !(flags & O_CREAT))
		return r;
	r = tree_parent(path, &dir, name);
	if (r < 0)
		return r;
	if (!dir->writable)
		return -EROFS;
	return node_make(dir, name, S_IFREG | (mode & 0777), now(), n);
}

static int open_check(const struct node *n, int flags)
{
	int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC;

	if (!writes || n->mode == MODE_NULL)
		return 0;
	if (S_ISDIR(n->mode))
		return -EISDIR;
	return n->writable ? 0 : -EROFS;
}

static int serve_open(struct client *c, struct msg *m)
{
	char path[PATH_LEN + 1];
	int flags = (int)m->word[1];
	struct node *n = NULL;
	struct open *o;
	int r = path_get(m, m->word[0], path);

	if (r < 0)
		return result(r);
	o = open_new(c); /* first, so that no file is made in vain */
	if (!o)
		return PROTO_ERRNO(EMFILE);
	r = open_node(path, flags, m->word[2], &n);
	if (r == 0)
		r = open_check(n, flags);
	if (r < 0) {
		open_release(o, c);
		return result(r);
	}
	node_hold(n);
	o->node = n;
	o->flags = flags;
	if (S_ISDIR(n->mode))
		cursor_start(&o->cursor, n);
	if (flags & O_TRUNC && n->writable) {
		tmp_cut(&n->tmp, 0);
		n->len = 0;
	}
	m->word[0] = (uint32_t)o->handle;
	m->word[1] = (uint32_t)io_type(n);
	if (!answer(m->from, m, 0))
		open_release(o, c); /* nobody knows the handle */
	return LATER;
}

static int serve_close(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);

	if (!o)
		return PROTO_ERRNO(EBADF);
	open_release(o, c);
	return 0;
}

static int serve_share(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);
	struct client *with;

	if (!o)
		return PROTO_ERRNO(EBADF);
	with = client_of((int)m->word[1]);
	if (!with)
		return ERR_PROC;
	return open_hold(o, with) ? PROTO_ERRNO(EMFILE) : 0;
}

static int serve_pipe(struct client *c, struct msg *m)
{
	struct pipe *p = pipe_new(client_pid(c));
	struct open *in = p ? open_new(c) : NULL, *out = in ? open_new(c) : NULL;

	if (!out) {
		if (in)
			open_release(in, c);
		free(p);
		return PROTO_ERRNO(p ? EMFILE : ENOMEM);
	}
	in->pipe = out->pipe = p;
	out->end = 1;
	in->flags = O_RDONLY;
	out->flags = O_WRONLY;
	m->word[0] = (uint32_t)in->handle;
	m->word[1] = (uint32_t)out->handle;
	if (!answer(m->from, m, 0)) {
		open_release(in, c);
		open_release(out, c);
	}
	return LATER;
}

/* ---- bytes ---- */

static size_t node_read(const struct node *n, uint64_t pos, void *buf, size_t len)
{
	if (pos >= n->len)
		return 0;
	if (len > n->len - pos)
		len = (size_t)(n->len - pos);
	if (n->data)
		memcpy(buf, n->data + pos, len);
	else
		tmp_read(&n->tmp, pos, buf, len);
	return len;
}

static int file_read(struct open *o, struct msg *m)
{
	uint64_t at = (uint64_t)m->word[3] << 32 | m->word[2], pos = at == UINT64_MAX ? o->pos : at;
	size_t len = m->word[1], n;
	void *buf = m->word;

	if (at > INT64_MAX && at != UINT64_MAX)
		return PROTO_ERRNO(EINVAL);
	if (m->frame)
		buf = len ? window_open(m->frame, &len) : NULL;
	else
		len = len < READ_SMALL ? len : READ_SMALL;
	if (!buf)
		return m->word[1] ? ERR_FRAME : 0;
	n = node_read(o->node, pos, buf, len);
	if (m->frame)
		window_close(buf, len);
	if (at != UINT64_MAX)
		return (int)n;
	if (answer(m->from, m, (int)n))
		o->pos += n; /* only what was delivered is read */
	return LATER;
}

static int serve_read(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);

	if (!o || (o->flags & O_ACCMODE) == O_WRONLY)
		return PROTO_ERRNO(EBADF);
	if (o->pipe) {
		pipe_read(o->pipe, m, m->word[1]);
		return LATER;
	}
	if (S_ISDIR(o->node->mode))
		return PROTO_ERRNO(EISDIR);
	return file_read(o, m);
}

static int file_write(struct open *o, const struct msg *m)
{
	struct node *n = o->node;
	uint64_t pos = o->flags & O_APPEND ? n->len : o->pos;
	size_t len = m->word[1], done;
	const void *buf = &m->word[2];

	if (n->mode == MODE_NULL || !len)
		return (int)(len < INT32_MAX ? len : INT32_MAX);
	if (!m->frame && len > WAITER_SMALL)
		return ERR_RANGE;
	if (m->frame)
		buf = window_open(m->frame, &len);
	if (!buf)
		return ERR_FRAME;
	done = tmp_write(&n->tmp, pos, buf, len);
	if (m->frame)
		window_close((void *)(uintptr_t)buf, len);
	if (!done)
		return PROTO_ERRNO(pos >= TMP_MOST ? EFBIG : ENOSPC);
	o->pos = pos + done;
	n->len = n->len > o->pos ? n->len : o->pos;
	n->mtime = now();
	return (int)done;
}

static int serve_write(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);

	if (!o || (o->flags & O_ACCMODE) == O_RDONLY)
		return PROTO_ERRNO(EBADF);
	if (!o->pipe)
		return file_write(o, m);
	pipe_write(o->pipe, m, m->word[1]);
	return LATER;
}

static int serve_seek(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);
	int64_t offset = (int64_t)((uint64_t)m->word[2] << 32 | m->word[1]), base = 0;
	uint64_t most = (uint64_t)m->word[5] << 32 | m->word[4];

	if (!o)
		return PROTO_ERRNO(EBADF);
	if (o->pipe)
		return PROTO_ERRNO(ESPIPE);
	if (m->word[3] == SEEK_CUR)
		base = (int64_t)o->pos;
	else if (m->word[3] == SEEK_END)
		base = (int64_t)o->node->len;
	else if (m->word[3] != SEEK_SET)
		return PROTO_ERRNO(EINVAL);
	if (offset > INT64_MAX - base)
		return PROTO_ERRNO(EOVERFLOW);
	if (offset + base < 0)
		return PROTO_ERRNO(EINVAL);
	if (most && (uint64_t)(offset + base) > most)
		return PROTO_ERRNO(EOVERFLOW);
	o->pos = (uint64_t)(offset + base);
	m->word[0] = (uint32_t)o->pos;
	m->word[1] = (uint32_t)(o->pos >> 32);
	return 0;
}

static int serve_trunc(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);
	uint64_t len = (uint64_t)m->word[2] << 32 | m->word[1];

	if (!o || (o->flags & O_ACCMODE) == O_RDONLY)
		return PROTO_ERRNO(EBADF);
	if (o->pipe || !o->node->writable)
		return PROTO_ERRNO(EINVAL);
	if (len > TMP_MOST)
		return PROTO_ERRNO(EFBIG);
	if (len < o->node->len)
		tmp_cut(&o->node->tmp, len);
	o->node->len = len;
	o->node->mtime = now();
	return 0;
}

/* ---- names ---- */

static void stat_tell(const struct node *n, struct msg *m)
{
	m->word[0] = n->mode;
	m->word[1] = (uint32_t)n->len;
	m->word[2] = n->mtime;
	m->word[3] = n->ino;
}

static int serve_stat(struct client *c, struct msg *m)
{
	char path[PATH_LEN + 1];
	struct node *n;
	struct open *o;
	int r;

	if (m->frame && m->word[0] == UINT32_MAX) {
		r = path_get(m, m->word[1], path);
		r = r ? r : tree_find(path, &n);
		if (r == 0)
			stat_tell(n, m);
		return result(r);
	}
	o = open_find(c, (int)m->word[0]);
	if (!o)
		return PROTO_ERRNO(EBADF);
	if (o->node) {
		stat_tell(o->node, m);
	} else {
		m->word[0] = S_IFIFO | 0600;
		m->word[1] = o->pipe->end - o->pipe->read;
		m->word[2] = m->word[3] = 0;
	}
	return 0;
}

static int serve_dir(struct client *c, struct msg *m)
{
	struct open *o = open_find(c, (int)m->word[0]);
	size_t len = NAME_LEN + 1;
	struct node *n;
	char *buf;

	if (!o)
		return PROTO_ERRNO(EBADF);
	if (o->pipe || !S_ISDIR(o->node->mode))
		return PROTO_ERRNO(ENOTDIR);
	buf = window_open(m->frame, &len);
	if (!buf || len < NAME_LEN + 1)
		return ERR_FRAME;
	n = o->cursor.at;
	if (n)
		strcpy(buf, n->name);
	window_close(buf, len);
	if (!n)
		return 0;
	m->word[0] = n->ino;
	m->word[1] = (uint32_t)io_type(n);
	if (answer(m->from, m, 1))
		cursor_next(&o->cursor); /* only what was delivered is past */
	return LATER;
}

/** A node that may be taken away. */
static int remove_find(const struct msg *m, struct node **n)
{
	char path[PATH_LEN + 1];
	int r = path_get(m, m->word[0], path);

	r = r ? r : tree_find(path, n);
	if (r < 0)
		return r;
	return (*n)->writable && (*n)->parent->writable ? 0 : -EROFS;
}

static int serve_unlink(struct client *c, struct msg *m)
{
	struct node *n;
	int r = remove_find(m, &n);

	(void)c;
	if (r == 0)
		r = S_ISDIR(n->mode) ? -EISDIR : node_remove(n);
	return result(r);
}

static int serve_rmdir(struct client *c, struct msg *m)
{
	struct node *n;
	int r = remove_find(m, &n);

	(void)c;
	if (r == 0)
		r = S_ISDIR(n->mode) ? node_remove(n) : -ENOTDIR;
	return result(r);
}

static int serve_mkdir(struct client *c, struct msg *m)
{
	char path[PATH_LEN + 1], name[NAME_LEN + 1];
	struct node *dir, *n;
	int r = path_get(m, m->word[0], path);

	(void)c;
	if (r == 0 && tree_find(path, &n) == 0)
		r = -EEXIST;
	r = r ? r : tree_parent(path, &dir, name);
	if (r == 0)
		r = dir->writable ? node_make(dir, name, S_IFDIR | 0755, now(), &n) : -EROFS;
	return result(r);
}

/** The two paths of a rename, out of one buffer. */
static int rename_paths(const struct msg *m, char both[2 * PATH_LEN + 3], const char **to)
{
	size_t len = m->word[0], n = len;
	const char *from;

	if (len > 2 * PATH_LEN + 2)
		return -ENAMETOOLONG;
	from = len ? window_open(m->frame, &n) : NULL;
	if (!from)
		return -EINVAL;
	memcpy(both, from, n);
	both[n] = 0;
	window_close((void *)(uintptr_t)from, n);
	*to = both + strlen(both) + 1;
	return *to < both + n ? 0 : -EINVAL;
}

static int serve_rename(struct client *c, struct msg *m)
{
	char both[2 * PATH_LEN + 3], name[NAME_LEN + 1];
	struct node *n, *dir;
	const char *to;
	int r = rename_paths(m, both, &to);

	(void)c;
	r = r ? r : tree_find(both, &n);
	r = r ? r : tree_parent(to, &dir, name);
	if (r == 0)
		r = n->writable && n->parent->writable && dir->writable ? node_rename(n, dir, name) : -EROFS;
	return result(r);
}

/* ---- the loop ---- */

static const serve_fn services[] = {
	serve_open,
	serve_close,
	serve_read,
	serve_write,
	serve_seek,
	serve_stat,
	serve_dir,
	serve_share,
	serve_unlink,
	serve_mkdir,
	serve_rename,
	serve_trunc,
	serve_pipe,
	serve_rmdir,
};

_Static_assert(sizeof(services) / sizeof(*services) == IO_RMDIR - IO_OPEN + 1, "one a request, in order");

static void serve(struct msg *m)
{
	struct client *c = NULL;
	int r = ERR_CALL;

	waiters_forget(m->from);
	if (m->tag >= IO_OPEN && m->tag <= IO_RMDIR) {
		c = client_of(m->pid);
		r = c ? services[m->tag - IO_OPEN](c, m) : ERR_PROC;
	}
	if (r != LATER)
		answer(m->from, m, r);
}

/** What fills up /tmp and pipes leaves half of a machine's memory to others. */
static void places_limit(size_t memory)
{
	chunks_limit(memory / 8 * 3);
	rings_limit(memory / 8);
}

/** The writable places. */
static int places_start(void)
{
	struct msg m = {.tag = INIT_MEM_INFO};
	struct node *dir, *n;
	int r = node_child(tree_root(), "tmp") ? 0 : node_make(tree_root(), "tmp", S_IFDIR | 0777, now(), &dir);

	if (r < 0)
		return r;
	node_child(tree_root(), "tmp")->writable = 1;
	dir = node_child(tree_root(), "dev");
	if (msg_call(name_lookup("init"), &m, -1) == 0 && m.tag == 0)
		places_limit(m.word[1]);
	r = dir ? 0 : node_make(tree_root(), "dev", S_IFDIR | 0555, now(), &dir);
	return r < 0 ? r : node_make(dir, "null", MODE_NULL, now(), &n);
}

int main(int argc, char **argv)
{
	const uint8_t *archive;
	struct msg m;

	if (argc != 3)
		return 2;
	frame_allow(0, ALLOW_SEND | ALLOW_GIVE);
	archive = vm_map(atoi(argv[1]), 0, 0, F_MAP_READ);
	if (tree_start() || !archive || tar_load(archive, (uint32_t)strtoul(argv[2], NULL, 10)) < 0)
		return 1;
	if (places_start() < 0 || name_register("files") < 0)
		return 1;
	for (;;) {
		if (msg_recv(&m, -1) < 0)
			continue;
		if (m.tag == MSG_NOTIFY && !m.from)
			clients_check(m.word[0]);
		else
			serve(&m);
	}
}
