/* SPDX-License-Identifier: ISC
 * wcframe: a server that counts the words in a frame, which comes with a call and goes back with the answer.
 *
 *   call, any tag; the frame along; word[0] how many bytes count, 0: up to the first NUL
 *   -> tag 0, word: lines, words, bytes; the frame */
#include <ctype.h>
#include <mullion.h>
#include "tool.h"

static void count(const char *text, size_t len, uint32_t out[3])
{
	int in_word = 0;

	for (size_t i = 0; i < len; i++) {
		int space = isspace((unsigned char)text[i]) != 0;

		out[0] += text[i] == '\n';
		out[1] += !space && !in_word;
		in_word = !space;
	}
	out[2] = (uint32_t)len;
}

/** Counts in frame m->frame, which is mine.  0 or ERR_…. */
static int serve(struct msg *m)
{
	size_t len = m->word[0];
	uint32_t counts[3] = {0};
	struct frame f;
	const char *text;
	int r = frame_info(m->frame, &f);

	if (r < 0)
		return r;
	text = vm_map(m->frame, 0, 0, F_MAP_READ);
	if (!text)
		return vm_error();
	if (!len || len > f.len)
		len = len ? f.len : strnlen(text, f.len);
	count(text, len, counts);
	vm_unmap((void *)(uintptr_t)text, f.len);
	memcpy(m->word, counts, sizeof(counts));
	return 0;
}

int main(int argc, char **argv)
{
	struct msg m;
	int r;

	if (argc > 2)
		tool_usage("wcframe [NAME]");
	frame_allow(0, ALLOW_SEND | ALLOW_GIVE);
	r = name_register(argc > 1 ? argv[1] : "wcframe");
	if (r < 0) {
		fprintf(stderr, "wcframe: %s\n", err_string(r));
		return 1;
	}
	for (;;) {
		if (msg_recv(&m, -1) < 0 || !m.from)
			continue;
		m.tag = serve(&m);
		if (msg_reply(m.from, &m) < 0 && m.frame)
			page_free(m.frame);
	}
}
