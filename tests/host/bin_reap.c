/* SPDX-License-Identifier: ISC
 * Claim: init takes back every frame of every corpse, however many wait at once and whatever kinds they left, a bounded number at a
 * time, each once, with room for records after all else and the PROC frame last; frames that come meanwhile are left alone.
 * The kernel is a fake that knows frames (frames.h). */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>
#include "frames.h"
#include "boot.h"
#include "../../bin/init_reap.c"

#define CORPSES 6
#define EACH    300

static struct boot boot;
const struct boot *boot_page = &boot;

static struct {
	int of; /* which corpse's, 1 on; 0: nobody's */
	int records;
} whose[FRAMES];
static int left[CORPSES + 1], records_left[CORPSES + 1]; /* frames that are not back */
static int proc[CORPSES + 1];
static int count, homes;

static void home(int f_id)
{
	int c = whose[f_id].of;

	assert(c && left[c] > 0 && frame_at(f_id));
	assert(!whose[f_id].records || left[c] == records_left[c]); /* all else is back */
	assert(f_id != proc[c] || left[c] == 1);
	records_left[c] -= whose[f_id].records;
	left[c] -= f_id != proc[c];
	if (f_id == proc[c])
		left[c] = 0;
	whose[f_id].of = 0;
	homes++;
	frame_end(f_id);
}

int mem_put(int f_id)
{
	assert(fake[f_id].f.kind == FRAME_MEM && !fake[f_id].f.maps);
	home(f_id);
	return 0;
}

int mem_put_records(int f_id)
{
	assert(fake[f_id].f.kind == FRAME_RECORDS);
	home(f_id);
	return 0;
}

int device_put(int f_id)
{
	assert(fake[f_id].f.kind == FRAME_DEV);
	home(f_id);
	return 0;
}

void *window_open(size_t window, int f_id, size_t len)
{
	(void)window, (void)len;
	return ram_see(&fake[f_id].f);
}

void window_close(size_t window, size_t len)
{
	(void)window, (void)len;
}

int frame_count(int pid)
{
	(void)pid;
	return count;
}

int proc_info(int pid, struct proc_info *info)
{
	*info = (struct proc_info){.frame = proc[pid]};
	return 0;
}

int proc_reap(int pid)
{
	(void)pid;
	return 0;
}

static void corpse_make(int c)
{
	static const int kinds[] = {FRAME_MEM, FRAME_MEM, FRAME_RECORDS, FRAME_L2, FRAME_DEV, FRAME_L1};
	static size_t at;
	int id, last;

	proc[c] = frame_add(BASE + at++ * PAGE_SIZE, PAGE_SIZE, FRAME_MEM);
	whose[proc[c]].of = c;
	last = fake[0].prev;
	count = rand() % EACH;
	for (int n = 0; n < count; n++) {
		id = frame_add(BASE + at++ * PAGE_SIZE, PAGE_SIZE, kinds[rand() % 6]);
		whose[id].of = c;
		whose[id].records = fake[id].f.kind == FRAME_RECORDS;
		records_left[c] += whose[id].records;
		if (fake[id].f.kind == FRAME_DEV)
			fake[id].f.pa = 0x1c000000;
	}
	left[c] = count + 1;
	records_left[c] += 1; /* the PROC frame, which comes after them */
	fake_corpse = fake[last].next;
}

static void test_round(void)
{
	int before;

	for (int c = 1; c <= CORPSES; c++) {
		corpse_make(c);
		before = homes;
		reap(c);
		assert(homes - before <= STEP_FRAMES + 1);
		frame_add(BASE, PAGE_SIZE, FRAME_MEM); /* a frame of init's own */
		for (int n = rand() % 8; n && reap_due(); n--) {
			before = homes;
			reap_step();
			assert(homes - before <= STEP_FRAMES + 1);
		}
	}
	for (int n = 0; reap_due(); n++) {
		assert(n < CORPSES * (EACH / STEP_FRAMES + 3));
		reap_step();
	}
	for (int c = 1; c <= CORPSES; c++) {
		assert(left[c] == 0);
		records_left[c] = 0;
	}
}

int main(void)
{
	ram_make(100);
	test_round();
	assert(fake_info.frames == CORPSES);
	printf("bin_reap: ok\n");
	return 0;
}
