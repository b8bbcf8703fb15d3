/* SPDX-License-Identifier: ISC
 * Claim: the file server's tree, archive reader and chunked files behave as a plain model does: contents after
 * random writes, cuts and holes; names after making, renaming and removing; listings that go on while entries
 * vanish; a damaged archive ends without a byte read outside it.  It cannot show the messages around them. */
#include "../../bin/files_tmp.c"
#include "../../bin/files_tree.c"
#include "../../bin/files_tar.c"
#include <assert.h>
#include <stdio.h>

static size_t chunk_bytes, chunk_limit = SIZE_MAX;

void *chunk_get(size_t len)
{
	if (chunk_bytes + len > chunk_limit)
		return NULL;
	chunk_bytes += len;
	return calloc(1, len);
}

int chunks_count(long more)
{
	(void)more;
	return 0;
}

void chunk_put(void *va, size_t len)
{
	chunk_bytes -= len;
	free(va);
}

#define MODEL (600 * 1024)

static void test_tmp(void)
{
	static uint8_t model[MODEL], buf[MODEL];
	struct tmp_file f = {0};

	for (int i = 0; i < 3000; i++) {
		size_t pos = (size_t)rand() % MODEL, n = (size_t)rand() % 5000;

		n = n < MODEL - pos ? n : MODEL - pos;
		if (rand() % 20 == 0) {
			tmp_cut(&f, pos);
			memset(model + pos, 0, MODEL - pos);
		} else {
			for (size_t k = 0; k < n; k++)
				buf[k] = model[pos + k] = (uint8_t)rand();
			assert(tmp_write(&f, pos, buf, n) == n);
		}
		if (i % 50 == 0) {
			tmp_read(&f, 0, buf, MODEL);
			assert(!memcmp(buf, model, MODEL));
		}
	}
	tmp_cut(&f, 0);
	assert(chunk_bytes == 0 && !f.chunk);
	assert(tmp_write(&f, 1000000, "x", 1) == 1 && chunk_bytes == CHUNK_MOST); /* a hole takes no memory */
	assert(tmp_write(&f, TMP_MOST, "x", 1) == 0);
	tmp_cut(&f, 0);
	chunk_limit = 8192;
	assert(tmp_write(&f, 0, model, 20000) == 8192); /* short when memory ends */
	tmp_cut(&f, 0);
	chunk_limit = SIZE_MAX;
}

static struct node *make(const char *dir, const char *name, uint32_t mode)
{
	struct node *d, *n = NULL;

	assert(tree_find(dir, &d) == 0);
	assert(node_make(d, name, mode, 0, &n) == 0);
	return n;
}

static void test_names(void)
{
	struct node *n, *a, *dir;
	char name[NAME_LEN + 1], many[NAME_LEN + 3];

	make("/", "d", S_IFDIR);
	a = make("/d", "a", S_IFREG);
	make("d/./", "b", S_IFREG);
	assert(tree_find("//d/../d/./a", &n) == 0 && n == a);
	assert(tree_find("/d/a/x", &n) == -ENOTDIR && tree_find("/d/a/", &n) == -ENOTDIR);
	assert(tree_find("/d/c", &n) == -ENOENT && tree_find("..", &n) == 0 && n == tree_root());
	memset(many, 'm', sizeof(many));
	many[sizeof(many) - 1] = 0;
	assert(tree_find(many, &n) == -ENAMETOOLONG);
	assert(tree_parent("/d/new", &dir, name) == 0 && dir == a->parent && !strcmp(name, "new"));
	assert(tree_parent("/", &dir, name) == -EINVAL && tree_parent("/d/..", &dir, name) == -EINVAL);
	assert(tree_parent("/d/a/new", &dir, name) == -ENOTDIR && tree_parent("/no/new", &dir, name) == -ENOENT);
	assert(node_make(dir->parent, "d", S_IFREG, 0, &n) == -EEXIST);
	assert(node_rename(a, a->parent, "b") == 0 && tree_find("/d/a", &n) == -ENOENT);
	assert(tree_find("/d/b", &n) == 0 && n == a);
	assert(node_rename(a->parent, a->parent, "in") == -EINVAL);
	make("/", "e", S_IFDIR);
	assert(tree_find("/e", &dir) == 0);
	assert(node_rename(a, tree_root(), "e") == -EISDIR && node_rename(dir, a->parent, "b") == -ENOTDIR);
	assert(node_rename(dir, tree_root(), "d") == -ENOTEMPTY && node_remove(a->parent) == -ENOTEMPTY);
	node_hold(a);
	assert(node_remove(a) == 0 && tree_find("/d/b", &n) == -ENOENT);
	assert(tmp_write(&a->tmp, 0, "still", 5) == 5);
	node_drop(a);
	assert(chunk_bytes == 0 && tree_find("/d", &n) == 0 && node_remove(n) == 0 && node_remove(dir) == 0);
}

static void test_listing(void)
{
	struct cursor c, other;
	struct node *d, *n, *third;
	char name[16];

	d = make("/", "list", S_IFDIR);
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		make("/list", name, S_IFREG);
	}
	cursor_start(&c, d);
	cursor_start(&other, d);
	n = cursor_next(&c);
	assert(!strcmp(n->name, "f0") && tree_find("/list/f1", &n) == 0 && node_remove(n) == 0);
	third = cursor_next(&c);
	assert(!strcmp(third->name, "f2"));
	cursor_end(&other);
	while (d->first)
		node_remove(d->first);
	assert(!cursor_next(&c));
	cursor_end(&c);
	node_remove(d);
}

static void header(uint8_t *h, const char *name, uint32_t len, char type)
{
	uint32_t sum = 0;

	memset(h, 0, 512);
	strcpy((char *)h, name);
	sprintf((char *)h + 100, "%07o", 0755);
	sprintf((char *)h + 124, "%011o", (unsigned)len);
	sprintf((char *)h + 136, "%011o", 1234);
	memset(h + 148, ' ', 8);
	h[156] = (uint8_t)type;
	memcpy(h + 257, "ustar", 6);
	for (int i = 0; i < 512; i++)
		sum += h[i];
	sprintf((char *)h + 148, "%06o", (unsigned)sum);
}

static void test_tar(void)
{
	uint8_t *tar = calloc(8, 512);
	struct node *n;

	header(tar, "./bin/deep/", 0, USTAR_DIR);
	header(tar + 512, "bin/tool", 600, USTAR_FILE);
	memset(tar + 1024, 'T', 600);
	header(tar + 2048, "etc/motd", 5, USTAR_FILE);
	memcpy(tar + 2560, "hello", 5);
	assert(tar_load(tar, 8 * 512) == 3);
	assert(tree_find("/bin/tool", &n) == 0 && n->len == 600 && n->data[599] == 'T' && (n->mode & 0777) == 0555);
	assert(tree_find("/etc/motd", &n) == 0 && n->mtime == 1234 && !memcmp(n->data, "hello", 5));
	assert(tree_find("/bin/deep", &n) == 0 && S_ISDIR(n->mode));
	for (uint32_t len = 0; len < 8 * 512; len += 37) { /* cut off anywhere */
		uint8_t *part = malloc(len + 1);

		memcpy(part, tar, len);
		assert(tar_load(part, len) >= 0);
		free(part);
	}
	sprintf((char *)tar + 512 + 124, "77777777777");
	assert(tar_load(tar, 8 * 512) == 1); /* the sum is wrong, and so is the length */
	header(tar + 512, "bin/tool", 0xfffffe00, USTAR_FILE);
	assert(tar_load(tar, 8 * 512) == 1);
	free(tar);
}

int main(void)
{
	assert(tree_start() == 0);
	tree_root()->writable = 1;
	test_tmp();
	test_names();
	test_listing();
	test_tar();
	printf("bin_files: ok\n");
	return 0;
}
