/* SPDX-License-Identifier: ISC
 * The name service's client: a name travels in the message's words. */
#include <string.h>
#include "self.h"
#include "msg.h"
#include "name.h"
#include "proto.h"

static int name_call(struct msg *m, int tag, const char *name)
{
	size_t len = strlen(name);
	int r;

	if (!len || len >= INIT_NAME_LEN)
		return ERR_RANGE;
	m->tag = tag;
	memcpy(m->word, name, len);
	r = msg_call(self.init ? self.init : self.pid, m, -1);
	return r < 0 ? r : m->tag;
}

int name_register(const char *name)
{
	struct msg m = {0};
	int r = name_call(&m, INIT_NAME_SET, name);

	return r < 0 ? r : 0;
}

int name_lookup(const char *name)
{
	struct msg m = {0};
	int r = name_call(&m, INIT_NAME_GET, name);

	return r < 0 ? r : (int)m.word[0];
}
