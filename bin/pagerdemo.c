/* SPDX-License-Identifier: ISC
 * pagerdemo: runs demo_pager -d, which dies in the middle of its work, and takes over: the orphaned client is
 * then this process's child, and its faults come here.  The client does not notice. */
#include "demand.h"
#include "tool.h"

static struct demand demand;
static int pager_pid;

static int fault(struct pager *p, const struct pager_fault *f)
{
	(void)p;
	return demand_fault(&demand, f);
}

/** Whether a client has passed to me: then I own a process besides the pager, which is not reaped: its pages are the client's. */
static int client_is_mine(void)
{
	struct frame f;
	int n = 0;

	for (int id = frame_next(0, 0); id > 0; id = frame_next(0, id))
		n += frame_info(id, &f) >= 0 && f.kind == FRAME_PROC;
	return n > 1;
}

/** First the pager ends, then the client, which has passed to me; if there was none, or it ended before, that was all. */
static void other(struct pager *p, struct msg *m)
{
	if (m->tag != MSG_DIED) {
		m->tag = ERR_CALL;
		msg_reply(m->from, m);
		return;
	}
	if (m->from == pager_pid) {
		demand.status = (int)m->word[0];
		p->stop = !client_is_mine();
		puts(p->stop ? "pagerdemo: the pager has ended, and left no client"
			     : "pagerdemo: the pager has ended; its client's faults come to the parent");
		return;
	}
	demand.status = (int)m->word[0];
	p->stop = 1;
}

int main(int argc, char **argv)
{
	static char *pager_argv[32] = {"demo_pager", "-d"};
	struct pager pager = {.fault = fault, .other = other};

	if (argc < 2 || argc > 29)
		tool_usage("pagerdemo PROGRAM [ARG…]");
	memcpy(pager_argv + 2, argv + 1, (size_t)argc * sizeof(*argv));
	pager_pid = spawn("demo_pager", pager_argv);
	if (pager_pid < 0) {
		fprintf(stderr, "pagerdemo: demo_pager: %s\n", err_string(pager_pid));
		return 1;
	}
	pager_run(&pager);
	printf("pagerdemo: the parent served %u faults, and the client ended with status %d\n", demand.faults,
		demand.status);
	return demand.status;
}
