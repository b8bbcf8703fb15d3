/* SPDX-License-Identifier: ISC
 * init: the first process: memory server, name service, devices, default pager, and parent of orphans.  This is its
 * server thread: one message after the other, each answered at once; it waits for nobody (see init_work.c).
 * It never trusts a word of a message: frames are looked at, lengths and names checked. */
#include <string.h>
#include "init.h"

/** Serves one request: the answer's words and frame in *m, its tag the result. */
typedef int (*serve_fn)(struct msg *m);

#define LATER      ((int)0x80000000) /* no result: somebody else answers */
#define ZERO_SHORT ((size_t)SECTION_SIZE)
#define REAP_STEPS 16 /* that a request for memory may take */

/** Memory for a client.  What ended processes left comes back first, if there is none else and it does not take too long. */
static int client_take(const struct msg *m)
{
	int f_id = mem_take(m->word[0], m->word[1], m->word[2], MEM_KEEP + MEM_KNOW);

	for (int n = 0; f_id == ERR_MEMORY && reap_due() && n < REAP_STEPS; n++) {
		reap_step();
		f_id = mem_take(m->word[0], m->word[1], m->word[2], MEM_KEEP + MEM_KNOW);
	}
	if (f_id == ERR_MEMORY)
		sweep_ask();
	return f_id;
}

/** What takes long to zero is the zeroer's to answer. */
static int serve_mem_get(struct msg *m)
{
	size_t len = m->word[0];
	int f_id = client_take(m), r;

	if (f_id < 0)
		return f_id;
	if (len > ZERO_SHORT)
		r = zero_queue(m, f_id, len);
	else
		r = mem_zero(WINDOW_CLIENT, WINDOW_CLIENT_LEN, f_id, len);
	if (r < 0)
		mem_put(f_id);
	else if (len > ZERO_SHORT)
		return LATER;
	m->frame = f_id;
	return r;
}

/** A frame that came back: memory, or what can be made memory again, or a device. */
static int serve_mem_put(struct msg *m)
{
	int r = frame_home(m->frame);

	if (r >= 0)
		m->frame = 0;
	return r;
}

/** Why there is no entry for a process: init may not know it, or has no memory for one. */
static int client_refused(int pid)
{
	struct proc_info info;

	return proc_info(pid, &info) < 0 || info.state == PROC_ENDED ? ERR_PROC : ERR_MEMORY;
}

static int serve_mem_info(struct msg *m)
{
	struct mem_info info;

	mem_info(&info);
	m->word[0] = (uint32_t)info.free;
	m->word[1] = (uint32_t)info.total;
	m->word[2] = (uint32_t)info.largest;
	return 0;
}

/** The name in a message, with nothing after its NUL.  ERR_RANGE none, or too long. */
static int name_read(const struct msg *m, uint32_t *text)
{
	size_t len = strnlen((const char *)m->word, INIT_NAME_LEN);

	memset(text, 0, INIT_NAME_LEN);
	memcpy(text, m->word, len);
	return len && len < INIT_NAME_LEN ? 0 : ERR_RANGE;
}

static int serve_name_set(struct msg *m)
{
	uint32_t text[INIT_NAME_LEN / sizeof(uint32_t)];
	struct proc_entry *p = proc_of(m->pid);
	int r = name_read(m, text);

	if (r < 0)
		return r;
	if (!p)
		return client_refused(m->pid);
	r = name_set(p, text);
	if (r == 0)
		boot_named((const char *)text);
	return r;
}

static int serve_name_get(struct msg *m)
{
	uint32_t text[INIT_NAME_LEN / sizeof(uint32_t)];
	int pid = name_read(m, text);

	if (pid >= 0)
		pid = name_get(text);
	m->word[0] = (uint32_t)pid;
	return pid < 0 ? pid : 0;
}

static int serve_power_off(struct msg *m)
{
	work_power_off((int)m->word[0]);
	return 0;
}

static int serve_device(struct msg *m)
{
	char name[INIT_NAME_LEN + 1] = {0};
	struct proc_entry *p = proc_of(m->pid);
	int irq = -1, r;

	memcpy(name, m->word, INIT_NAME_LEN);
	if (!p)
		return client_refused(m->pid);
	r = device_get(name, p, &m->frame, &irq);
	if (r < 0)
		m->frame = 0;
	m->word[0] = (uint32_t)irq;
	return r;
}

static int serve_boot(struct msg *m)
{
	m->word[0] = boot_page->ram_pa;
	m->word[1] = boot_page->ram_len;
	m->word[2] = boot_page->kernel_len;
	m->word[3] = boot_page->clock_hz;
	return 0;
}

/** A parent names its child; nobody else may. */
static int serve_proc_name(struct msg *m)
{
	struct proc_entry *child = proc_of((int)m->word[0]);
	struct proc_info info;

	if (!child || proc_info(proc_pid(child), &info) < 0 || info.parent != m->pid)
		return ERR_PROC;
	proc_set_name(child, (const char *)&m->word[1], sizeof(m->word) - sizeof(m->word[0]));
	return 0;
}

static int serve_proc_watch(struct msg *m)
{
	struct proc_entry *p = proc_of((int)m->word[0]), *by = proc_of(m->pid);

	if (m->word[1] > 31)
		return ERR_RANGE;
	if (!p || !by)
		return client_refused(p ? m->pid : (int)m->word[0]);
	m->word[0] = (uint32_t)proc_pid(p);
	return proc_add_watch(p, by, (int)m->word[1]);
}

/** Opens the client's frame to write into; *len gets how much of it is there. */
static void *client_open(const struct msg *m, size_t *len)
{
	struct frame f;

	if (!m->frame || frame_info(m->frame, &f) < 0 || f.kind != FRAME_MEM)
		return NULL;
	*len = f.len < WINDOW_MAX ? f.len : WINDOW_MAX;
	return window_open(WINDOW_CLIENT, m->frame, *len);
}

static int serve_procs(struct msg *m)
{
	size_t len;
	struct init_proc *out = client_open(m, &len);
	int n;

	if (!out)
		return ERR_FRAME;
	n = proc_list((int)m->word[0], out, len / sizeof(*out));
	window_close(WINDOW_CLIENT, len);
	return n;
}

static int frames_tell(int pid, int after, struct init_frame *out, size_t room)
{
	struct frame f;
	size_t n = 0;
	int id;

	for (id = frame_next(pid, after); id > 0 && n < room; id = frame_next(pid, id)) {
		if (frame_info(id, &f) < 0)
			break;
		out[n] = (struct init_frame){id, f.kind, (uint32_t)f.pa, (uint32_t)f.len};
		if (!pid && f.kind == FRAME_MEM && mem_is_free(f.pa))
			out[n].kind = 0;
		n++;
	}
	return id < 0 ? id : (int)n;
}

static int serve_frames(struct msg *m)
{
	size_t len;
	struct init_frame *out = client_open(m, &len);
	int pid = (int)m->word[0], n;

	if (!out)
		return ERR_FRAME;
	n = frames_tell(pid == boot_page->pid ? 0 : pid, (int)m->word[1], out, len / sizeof(*out));
	window_close(WINDOW_CLIENT, len);
	return n;
}

static const struct service {
	int tag;
	serve_fn serve;
	int takes_frame; /* what comes along is the request's; else it goes back */
} services[] = {
	{INIT_MEM_GET, serve_mem_get, 0},
	{INIT_MEM_PUT, serve_mem_put, 1},
	{INIT_MEM_INFO, serve_mem_info, 0},
	{INIT_NAME_SET, serve_name_set, 0},
	{INIT_NAME_GET, serve_name_get, 0},
	{INIT_POWER_OFF, serve_power_off, 0},
	{INIT_DEVICE, serve_device, 0},
	{INIT_BOOT, serve_boot, 0},
	{INIT_PROC_NAME, serve_proc_name, 0},
	{INIT_PROC_WATCH, serve_proc_watch, 0},
	{INIT_PROCS, serve_procs, 1},
	{INIT_FRAMES, serve_frames, 1},
};

#define SERVICE_FIRST INIT_MEM_GET
#define SERVICES      ((int)(sizeof(services) / sizeof(*services)))

/** Answers; a frame that nobody waits for any more is taken back. */
static void answer(struct msg *m)
{
	if (msg_reply(m->from, m) < 0 && m->frame)
		frame_home(m->frame);
}

static void serve(struct msg *m)
{
	const struct service *s = &services[m->tag - SERVICE_FIRST];
	int came = m->frame;

	if (!m->call) { /* it wants no answer, so it is no request */
		if (came)
			frame_home(came);
		return;
	}
	if (m->tag < SERVICE_FIRST || m->tag >= SERVICE_FIRST + SERVICES) {
		m->tag = ERR_CALL;
	} else if (came && !s->takes_frame) {
		m->tag = ERR_FRAME;
	} else {
		m->tag = s->serve(m);
	}
	if (m->tag != LATER)
		answer(m);
}

static void died(const struct msg *m)
{
	int status = (int)m->word[0];

	proc_gone(m->from);
	reap(m->from);
	boot_died(m->from, status);
}

/** What init's own threads ask for. */
static int serve_own(const struct msg *m)
{
	if (m->pid != boot_page->pid)
		return 0;
	if (m->tag == OWN_ZERO)
		zero_next(m);
	else if (m->tag == OWN_STEP)
		step_next(m);
	else
		return 0;
	return 1;
}

int main(void)
{
	uint32_t name[INIT_NAME_LEN / sizeof(uint32_t)] = {0};
	struct proc_entry *me = proc_of(boot_page->pid);
	struct msg m;

	frame_allow(0, ALLOW_SEND | ALLOW_GIVE);
	memcpy(name, "init", 4);
	if (me) {
		proc_set_name(me, "init", 4);
		name_set(me, name);
	}
	work_start();
	zero_start();
	step_start();
	for (;;) {
		if (msg_recv(&m, -1) < 0)
			continue;
		if (m.tag == MSG_NOTIFY && m.from == 0)
			proc_check(m.word[0]);
		else if (m.tag == MSG_DIED)
			died(&m);
		else if (m.tag == MSG_FAULT)
			fault_serve(&m);
		else if (!serve_own(&m))
			serve(&m);
		step_check();
	}
}
