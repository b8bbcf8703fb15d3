/* SPDX-License-Identifier: ISC
 * demo_pager: a demand-zero pager in a process of its own.  It starts a program, becomes its pager, owns every
 * page that the program touches, takes one of them back, gives it again, and says what happened.  With -d it
 * dies in the middle: then the program's faults go to its parent (see pagerdemo). */
#include "demand.h"
#include "tool.h"

#define REVOKE_AT 512
#define DIE_AT    600

static struct demand demand;

static int fault(struct pager *p, const struct pager_fault *f)
{
	int r;

	(void)p;
	if (demand.dies_at && demand.faults == demand.dies_at) {
		printf("demo_pager: %u faults served, and now it dies\n", demand.faults);
		exit(0);
	}
	if (!pager_demand(f))
		return pager_refuse(f);
	r = demand_fault(&demand, f);
	if (r == 0 && demand.faults == demand.revoke_at) {
		demand_revoke(&demand, demand.first);
		printf("demo_pager: page %08lx revoked\n", (unsigned long)demand.first);
	}
	return r;
}

static void other(struct pager *p, struct msg *m)
{
	if (m->tag == MSG_DIED && m->from == demand.client) {
		demand.status = (int)m->word[0];
		p->stop = 1;
		return;
	}
	m->tag = ERR_CALL;
	msg_reply(m->from, m);
}

int main(int argc, char **argv)
{
	struct pager pager = {.fault = fault, .other = other};
	struct spawn_how how = {.stopped = 1};
	int dies = argc > 1 && !strcmp(argv[1], "-d"), r;
	struct proc_info me;

	argv += 1 + dies;
	if (!*argv)
		tool_usage("demo_pager [-d] PROGRAM [ARG…]");
	demand.dies_at = dies ? DIE_AT : 0;
	demand.revoke_at = dies ? 0 : REVOKE_AT;
	proc_info(0, &me);
	demand.client = spawn_with(*argv, argv, &how);
	r = demand.client < 0 ? demand.client : proc_pager(demand.client, me.pid);
	if (r >= 0)
		r = spawn_go(demand.client);
	if (r < 0) {
		fprintf(stderr, "demo_pager: %s: %s\n", *argv, err_string(r));
		return 1;
	}
	pager_run(&pager);
	spawn_reap(demand.client);
	printf("demo_pager: %u faults, %u pages brought, %u revoked, %u given back\n", demand.faults, demand.brought,
		demand.revoked, demand.returned);
	return demand.status;
}
