/* SPDX-License-Identifier: ISC
 * Boot: the kernel's own memory, the books, and the first process with every frame that is left.  Runs once; the
 * image that it trusts was built with it.  After kernel_main returns, the first process runs. */
#include "kern.h"
#include "boot.h"
#include "image.h"

#define RECORD_PAGES   16 /* that the first process finds donated */
#define FIRST_PRIORITY 16

struct proc *first_proc;

static pa_t ram_next; /* what no frame covers yet */
static struct frame_rec *boot_l2[BOOT_L2S];
static struct boot *boot;

static uint32_t page_up(uint32_t n)
{
	return (n + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
}

static struct frame_rec *ram_new(pa_t pa, uint32_t len, int kind)
{
	return frame_new(first_proc, id_of_ram(pa), pa, len, kind);
}

/* A frame of the first process, from the start of what is left; aligned to its size if that is a power of two. */
static struct frame_rec *ram_frame(uint32_t len, int kind, uint32_t align)
{
	struct frame_rec *f;
	uint32_t pa = (ram_next + align - 1) & ~(align - 1);

	if (pa != ram_next)
		ram_new(ram_next, pa - ram_next, FRAME_MEM);
	ram_next = pa + len;
	f = ram_new(pa, len, kind);
	mem_clear(phys_va(pa), len);
	if (kind == FRAME_L1 || kind == FRAME_L2) {
		list_init(&f->inside);
		f->root_of = NULL;
	}
	return f;
}

/* Maps part of a frame at va, through the first L2s. */
static void boot_map(struct frame_rec *f, uint32_t va, uint32_t offset, uint32_t len, unsigned rights)
{
	while (len) {
		uint32_t at = va % L2_SPAN, n = len < L2_SPAN - at ? len : L2_SPAN - at;

		KASSERT(va / L2_SPAN < BOOT_L2S, va, len);
		map_commit(boot_l2[va / L2_SPAN], f, at, offset, n, F_MAP_PAGE | rights);
		va += n;
		offset += n;
		len -= n;
	}
}

/* ---- the first process's program, mapped in place ---- */

struct elf_header {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum;
};

struct elf_segment {
	uint32_t type, offset, va, pa, file_len, mem_len, flags, align;
};

static unsigned segment_rights(const struct elf_segment *s)
{
	return F_MAP_READ | (s->flags & 2 ? F_MAP_WRITE : 0u) | (s->flags & 1 ? F_MAP_EXEC : 0u);
}

static void segment_map(struct frame_rec *f, const struct elf_segment *s)
{
	uint32_t low = s->va % PAGE_SIZE, len = s->file_len ? page_up(low + s->file_len) : 0;
	uint32_t all = page_up(low + s->mem_len);

	if (s->file_len)
		boot_map(f, s->va - low, s->offset - low, len, segment_rights(s));
	if (s->mem_len > s->file_len && s->file_len)
		mem_clear(phys_va(f->pa + s->offset + s->file_len), len - low - s->file_len);
	if (all > len)
		boot_map(
			ram_frame(all - len, FRAME_MEM, PAGE_SIZE), s->va - low + len, 0, all - len, segment_rights(s));
}

static va_t program_map(struct frame_rec *f)
{
	const struct elf_header *h = phys_va(f->pa);
	const struct elf_segment *s = phys_va(f->pa + h->phoff);

	KASSERT(h->ident[0] == 0x7f && h->phentsize == sizeof *s, h->phentsize, f->pa);
	for (unsigned i = 0; i < h->phnum; i++)
		if (s[i].type == 1 && s[i].mem_len)
			segment_map(f, &s[i]);
	return h->entry;
}

/* ---- what it is told ---- */

static void boot_devices(void)
{
	uint32_t index = machine.ram_len / PAGE_SIZE;

	for (int i = 0; i < machine.devices_n && i < BOOT_DEVICES; i++) {
		const struct device_desc *d = &machine.devices[i];
		struct boot_device *b = &boot->device[boot->device_n++];

		for (unsigned n = 0; n < sizeof b->name - 1 && d->name[n]; n++)
			b->name[n] = d->name[n];
		b->pa = d->pa;
		b->len = d->len;
		b->irq = d->irq;
		b->f_id = frame_new(first_proc, index, d->pa, d->len, FRAME_DEV)->id;
		index += d->len / PAGE_SIZE;
	}
}

static void boot_describe(struct frame_rec *l1, struct frame_rec *archive)
{
	boot->magic = BOOT_MAGIC;
	for (unsigned n = 0; n < sizeof boot->board - 1 && machine.board[n]; n++)
		boot->board[n] = machine.board[n];
	boot->pid = first_proc->info.pid;
	boot->l1 = l1->id;
	for (unsigned i = 0; i < BOOT_L2S; i++)
		boot->l2[i] = boot_l2[i]->id;
	boot->l2_n = BOOT_L2S;
	boot->archive = archive->id;
	boot->archive_len = image_header.archive_len;
	boot->ram_pa = machine.ram_pa;
	boot->ram_len = machine.ram_len;
	boot->clock_hz = timer_hz();
	boot->irqs = irqc_lines();
	boot_devices();
}

/* ---- the first process ---- */

/* It owns its own PROC frame, so it has no parent, and frame.c does not let it give that away. */
static struct proc *first_make(void)
{
	struct proc *p = boot_alloc(PROC_SIZE);
	struct frame_rec *f;
	struct link taken;

	list_init(&p->records);
	record_page_add(p, va_phys(boot_alloc(PAGE_SIZE)));
	f = record_take(p);
	f->pa = va_phys(p);
	id_make(f, id_of_ram(f->pa));
	f->len = PROC_SIZE;
	list_init(&f->maps);
	f->owner = p;
	list_init(&taken);
	list_splice(&taken, &p->records); /* proc_init makes empty lists */
	proc_init(f, NULL);
	list_splice(&p->records, &taken);
	list_add(&p->frames, &f->owned);
	p->info.frames = 1;
	return p;
}

static void first_start(struct frame_rec *l1, va_t entry)
{
	struct thread *t = &first_proc->first;

	first_proc->root = l1;
	l1->root_of = first_proc;
	first_proc->info.root = l1->id;
	first_proc->info.priority = PRIORITY_MAX;
	proc_state(first_proc, PROC_RUNNING);
	first_proc->started = true;
	t->priority = FIRST_PRIORITY;
	thread_context_init(t, entry, BOOT_STACK_END, BOOT_VA);
	thread_ready(t);
}

/* Room for records first, then tables, boot page, stack and program; what is left is one frame. */
static va_t first_furnish(struct frame_rec **l1, struct frame_rec **archive)
{
	struct frame_rec *f, *init;
	va_t entry;
	pa_t end = machine.ram_pa + machine.ram_len;

	f = ram_frame(RECORD_PAGES * PAGE_SIZE, FRAME_RECORDS, PAGE_SIZE);
	for (uint32_t i = 0; i < f->len; i += PAGE_SIZE)
		record_page_add(first_proc, f->pa + i);
	f->filled = f->len;
	*l1 = ram_frame(L1_SIZE, FRAME_L1, L1_SIZE);
	for (unsigned i = 0; i < BOOT_L2S; i++) {
		boot_l2[i] = ram_frame(L2_SIZE, FRAME_L2, L2_SIZE);
		boot_l2[i]->stands = NULL;
		map_commit(*l1, boot_l2[i], i * L2_SPAN, 0, L2_SPAN, F_MAP_TABLE | F_MAP_READ);
	}
	f = ram_frame(PAGE_SIZE, FRAME_MEM, PAGE_SIZE);
	boot = phys_va(f->pa);
	boot_map(f, BOOT_VA, 0, PAGE_SIZE, F_MAP_READ);
	boot_map(first_proc->first.frame, BOOT_INFO_VA, 0, PAGE_SIZE, F_MAP_READ);
	boot_map(*l1, BOOT_TABLES_VA, 0, L1_SIZE, F_MAP_READ);
	for (unsigned i = 0; i < BOOT_L2S; i++)
		boot_map(boot_l2[i], BOOT_TABLES_VA + L1_SIZE + i * L2_SIZE, 0, L2_SIZE, F_MAP_READ);
	boot_map(ram_frame(BOOT_STACK, FRAME_MEM, PAGE_SIZE), BOOT_STACK_END - BOOT_STACK, 0, BOOT_STACK,
		F_MAP_READ | F_MAP_WRITE);
	init = ram_new(machine.image_pa + image_header.init_off, page_up(image_header.init_len), FRAME_MEM);
	*archive = ram_new(machine.image_pa + image_header.archive_off, page_up(image_header.archive_len), FRAME_MEM);
	entry = program_map(init);

	KASSERT(ram_next <= end, ram_next, end);
	if (ram_next != end)
		ram_new(ram_next, end - ram_next, FRAME_MEM);
	return entry;
}

void kernel_main(void)
{
	struct frame_rec *l1, *archive;
	uint32_t frames_from;
	va_t entry;

	KASSERT(image_header.magic == IMAGE_MAGIC && image_header.init_len, image_header.magic, image_header.init_len);
	KASSERT(machine.free_pa - machine.ram_pa < machine.ram_len, machine.free_pa, machine.ram_len); /* it fits */
	machine_init();                           /* interrupts masked, time begins */
	sched_init();                             /* nobody is ready */
	ids_init();                               /* names for all that can be a frame */
	irq_init();                               /* every line is the first process's */
	first_proc = first_make();                /* owns nothing yet */
	frames_from = ram_next = machine.free_pa; /* the kernel takes no memory from here on */
	entry = first_furnish(&l1, &archive);     /* all memory is in frames now: rule 1 */
	boot_describe(l1, archive);               /* the boot page */
	boot->kernel_len = image_header.init_off + (machine.image_pa - machine.ram_pa) + frames_from -
			   (machine.image_pa + image_header.archive_off + page_up(image_header.archive_len)) -
			   PROC_SIZE;
	first_start(l1, entry); /* ready; sched_leave finds it */
	tlb_sync();
}
