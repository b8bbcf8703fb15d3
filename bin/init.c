/* SPDX-License-Identifier: ISC
 * The first process: memory server, name service, devices, default pager, and parent of orphans.  This is its
 * server thread: one message after the other, each answered at once; it waits for nobody (see init_work.c).
 * It never trusts a word of a message: frames are looked at, lengths and names checked. */
#include <string.h>
#include "init.h"

/** Serves one request: the answer's words and frame in *m, its tag the result. */
typedef int (*serve_fn)(struct msg *m);

#define LATER      ((int)0x80000000) /* no result: somebody else answers */
#define ZERO_SHORT ((size_t)SECTION_SIZE)

/** What takes long to zero is the worker's to answer. */
static int serve_mem_get(struct msg *m)
{
	size_t len = m->word[0];
	int f_id;

	if (len > ZERO_SHORT) {
		f_id = mem_take(len, m->word[1], m->word[2], MEM_KEEP);
		if (f_id > 0 && work_grant(m->from, f_id, len) == 0)
			return LATER;
		if (f_id > 0)
			mem_put(f_id);
	}
	f_id = mem_get(len, m->word[1], m->word[2], MEM_KEEP);
	if (f_id < 0)
		return f_id;
	m->frame = f_id;
	return 0;
}

/** A frame that came back: memory, or what can be made memory again, or a device. */
static int serve_mem_put(struct msg *m)
{
	struct frame f;
	int f_id = m->frame, r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	if (f.kind == FRAME_DEV)
		r = device_put(f_id);
	else if (f.kind != FRAME_MEM)
		r = frame_table(f_id, FRAME_MEM);
	if (r >= 0 && f.kind != FRAME_DEV)
		r = mem_put(f_id);
	if (r >= 0)
		m->frame = 0;
	return r;
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

static int serve_name_set(struct msg *m)
{
	struct proc_entry *p = proc_of(m->from);
	char name[INIT_NAME_LEN + 1] = {0};
	int r;

	memcpy(name, m->word, INIT_NAME_LEN);
	if (!p)
		return ERR_PROC;
	r = name_set(p, name);
	if (r == 0)
		boot_named(name);
	return r;
}

static int serve_name_get(struct msg *m)
{
	char name[INIT_NAME_LEN + 1] = {0};
	int pid;

	memcpy(name, m->word, INIT_NAME_LEN);
	pid = name_get(name);
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
	int irq = -1, r;

	memcpy(name, m->word, INIT_NAME_LEN);
	r = device_get(name, m->from, &m->frame, &irq);
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
	struct proc_info info, from;

	if (!child || proc_info(proc_pid(child), &info) < 0 || proc_info(m->from, &from) < 0)
		return ERR_PROC;
	if (info.parent != from.pid)
		return ERR_PROC;
	proc_set_name(child, (const char *)&m->word[1], sizeof(m->word) - sizeof(m->word[0]));
	return 0;
}

static int serve_proc_watch(struct msg *m)
{
	struct proc_entry *p = proc_of((int)m->word[0]);

	if (m->word[1] > 31)
		return ERR_RANGE;
	if (!p)
		return ERR_PROC;
	m->word[0] = (uint32_t)proc_pid(p);
	return proc_add_watch(p, m->from, (int)m->word[1]);
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
static void answer(int to, struct msg *m)
{
	struct frame f;

	if (msg_reply(to, m) >= 0 || !m->frame)
		return;
	if (frame_info(m->frame, &f) < 0)
		return;
	if (f.kind == FRAME_DEV)
		device_put(m->frame);
	else
		mem_put(m->frame);
}

static void serve(struct msg *m)
{
	const struct service *s = &services[m->tag - SERVICE_FIRST];
	int came = m->frame;

	if (m->tag < SERVICE_FIRST || m->tag >= SERVICE_FIRST + SERVICES) {
		m->tag = ERR_CALL;
	} else if (came && !s->takes_frame) {
		m->tag = ERR_FRAME;
	} else {
		m->tag = s->serve(m);
	}
	if (m->tag != LATER)
		answer(m->from, m);
}

static void died(const struct msg *m)
{
	int status = (int)m->word[0];

	proc_gone(m->from);
	reap(m->from);
	boot_died(m->from, status);
}

int main(void)
{
	struct proc_entry *me = proc_of(boot_page->pid);
	struct msg m;

	frame_allow(0, ALLOW_SEND | ALLOW_GIVE);
	if (me) {
		proc_set_name(me, "init", 4);
		name_set(me, "init");
	}
	work_start();
	for (;;) {
		if (msg_recv(&m, -1) < 0)
			continue;
		if (m.tag == MSG_NOTIFY && m.from == 0)
			proc_check(m.word[0]);
		else if (m.tag == MSG_DIED)
			died(&m);
		else if (m.tag == MSG_FAULT)
			fault_serve(&m);
		else
			serve(&m);
		mem_tidy();
	}
}
