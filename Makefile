# SPDX-License-Identifier: ISC
# Builds, runs and checks Mullion.  Everything that is made lies in build/$(BOARD); what a board needs stands in
# kern/arm/board/$(BOARD).mk.  `make help` lists the targets.

BOARD   ?= vexpress-a15
CPUS    ?=
MACHINE ?=
MEM     ?=
TIMEOUT ?= 60
ICOUNT  ?=
CHECK   ?=
CMD     ?=
ADD     ?=
LATE    ?=

# What the user wrote reaches tools/run as it is: a $ in it is the guest shell's, not make's.
override CMD := $(value CMD)
override ADD := $(value ADD)
export BOARD MACHINE CPUS MEM TIMEOUT ICOUNT CHECK LATE CMD ADD

BOARDS := $(patsubst kern/arm/board/%.mk,%,$(wildcard kern/arm/board/*.mk))
# What `make matrix` boots, as BOARD:MACHINE.
ALL_MACHINES := $(foreach b,$(BOARDS),$b:$b) raspi1:raspi0 virt:virt-svc
# `make check` alone is for the default board and for all the others; with BOARD=, for that one.
ASKED := $(filter-out file default undefined,$(origin BOARD))
ifeq ($(filter $(BOARD),$(BOARDS)),)
$(error BOARD=$(BOARD) is not known; there are: $(BOARDS))
endif
BOARD_MK := kern/arm/board/$(BOARD).mk
include $(BOARD_MK)

B   := build/$(BOARD)
# What QEMU boots is the very file that a card carries, under the name that its firmware looks for.
IMAGE := $(B)/$(or $(SDCARD_KERNEL),mullion.img)
SDK := $(B)/sdk
# Objects are made again when what describes the build changes.
HOW := Makefile $(BOARD_MK)

CROSS    := arm-none-eabi-
comma    := ,
CC       := $(CROSS)gcc
AR       := $(CROSS)ar
OBJCOPY  := $(CROSS)objcopy
WARNINGS := -Wall -Wextra -Werror -Wconversion -Wshadow
DEPFLAGS := -MMD -MP

# What is done is said in a word and a name; V=1 shows whole commands.
ifneq ($(V)$(findstring s,$(firstword -$(MAKEFLAGS))),)
say =
else
say = printf '  %-7s %s\n' $(1) $(patsubst $(B)/%,%,$@)
endif
ifndef V
.SILENT:
endif

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all run check matrix bench fuzz mutants coverage debug tests sdk man format clean help deps-build deps-run deps-check deps-debug deps-sdcard sdcard

all: $(IMAGE) $(B)/kernel-check.elf $(B)/kernel-late.elf sdk man

help:
	@echo 'make              builds everything for BOARD ($(BOARDS))'
	@echo 'make run          boots it in QEMU on this terminal'
	@echo "    CMD='…' runs shell commands and ends with their status   ADD='…' puts host files into the archive"
	@echo '    MEM=256M  MACHINE=raspi0 (of BOARD=raspi1)  TIMEOUT=60 (s, with CMD)  ICOUNT=1  CHECK=1 (the kernel proves its rules after each call)  LATE=1 (it tells how long interrupts were off, and higher priorities waited for lower ones)'
	@echo 'make check        runs every test'
	@echo '                  for the default board, and the guest programs on the others; with BOARD=, for that board'
	@echo 'make matrix       runs the guest programs on every board'
	@echo 'make bench        prints what each operation costs, in instructions, and writes build/bench.tsv'
	@echo 'make mutants      shows that the model machine catches deliberate mistakes in the kernel'
	@echo 'make coverage     prints which lines and branches of kern/ the model machine has run'
	@echo 'make fuzz         makes random calls until something breaks (SEED=n begins there)'
	@echo 'make sdcard       with BOARD=raspi1 or raspi2: a card image for a real one, but for its firmware'
	@echo 'make debug        boots it stopped, with gdb attached'
	@echo 'make sdk          the compiler wrapper and library for programs from outside'
	@echo 'make man          the manual pages'
	@echo 'make format       formats every C file'
	@echo 'make clean        removes what was made, for every board'
	@echo 'V=1               shows whole commands'

# ---- what the host must have; each installs what is missing and says so ----
deps-build deps-run deps-check deps-debug deps-sdcard: deps-%:
	@tools/deps $*

# ---- the kernel ----
KERN_SRCS := $(filter-out kern/check.c,$(wildcard kern/*.c)) $(filter-out kern/arm/late%.c,$(wildcard kern/arm/*.c)) \
	$(filter-out kern/arm/v6.S kern/arm/v7.S,$(wildcard kern/arm/*.S)) kern/arm/$(GENERATION).S \
	kern/arm/board/$(BOARD).c $(KERN_DEVICES:%=kern/arm/dev/%.c)
# Device trees are read with libfdt, which needs a few functions of libc.
FDT       := build/libfdt
FDT_LIB   := $(if $(filter fdt,$(KERN_DEVICES)),$(B)/libfdt/libfdt.a)
KERN_LIBS := $(if $(FDT_LIB),$(FDT_LIB) -lc) -lgcc
KERN_OBJS := $(patsubst %,$(B)/%.o,$(KERN_SRCS))
# What neither a straight path nor the pieces of long operations go through is made small.
KERN_SMALL  := $(patsubst %,kern/%.c,allow batch id main proc thread arm/panic \
	arm/unwind check arm/late $(KERN_DEVICES:%=arm/dev/%))
KERN_CFLAGS := $(KERN_CPU) -std=gnu11 -O2 -g -ffreestanding -fno-common -fcallgraph-info=su -funwind-tables \
	$(WARNINGS) -Isys -Ikern -Ikern/arm -Ikern/arm/$(GENERATION) -isystem $(FDT)

$(FDT)/libfdt.h: tools/libfdt
	@rm -f $@
	@tools/libfdt $(@D)

$(B)/kern/arm/dev/fdt.c.o: $(FDT)/libfdt.h

$(B)/libfdt/libfdt.a: $(FDT)/libfdt.h $(HOW) | deps-build
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,AR)
	cd $(@D) && $(CC) $(KERN_CPU) -std=gnu11 -O2 -g -ffreestanding -funwind-tables -fcallgraph-info=su -w \
		-I$(CURDIR)/$(FDT) -c $(CURDIR)/$(FDT)/*.c
	$(AR) rcs $@ $(@D)/*.o

$(B)/kern/%.c.o: kern/%.c $(HOW) | deps-build
	@mkdir -p $(@D)
	$(call say,CC)
	$(CC) $(KERN_CFLAGS) $(if $(filter $<,$(KERN_SMALL)),-Os) $(DEPFLAGS) -c $< -o $@

$(B)/kern/%.S.o: kern/%.S $(HOW) | deps-build
	@mkdir -p $(@D)
	$(call say,CC)
	$(CC) $(KERN_CFLAGS) $(DEPFLAGS) -c $< -o $@

$(B)/kern/kernel.ld: kern/arm/kernel.ld $(HOW) | deps-build
	@mkdir -p $(@D)
	$(CC) -E -P -x c -Isys -DKERNEL_VA=$(KERNEL_VA) -DRAM_ALIAS=$(or $(RAM_ALIAS),0) $< -o $@

KERN_LINK = $(CC) $(KERN_CPU) -nostdlib -static -Wl,--no-warn-rwx-segments -Wl,-z,noexecstack -Wl,-z,max-page-size=4096 -T $(B)/kern/kernel.ld

# Linked twice: the second time with the table of its functions' names (tools/ksyms).
define kern_link
$(call say,LINK)
$(KERN_LINK) $(1) $(KERN_LIBS) -o $@.first
tools/ksyms $(CROSS)nm $@.first >$@.ksyms.S
$(CC) $(KERN_CPU) -c $@.ksyms.S -o $@.ksyms.o
$(KERN_LINK) $(1) $@.ksyms.o $(KERN_LIBS) -o $@
endef

$(B)/kernel.elf: $(KERN_OBJS) $(FDT_LIB) $(B)/kern/kernel.ld tools/ksyms
	$(call kern_link,$(KERN_OBJS))

# The same kernel, but every call goes through check.c, which proves the rules after it.
$(B)/kernel-check.elf: $(KERN_OBJS) $(FDT_LIB) $(B)/kern/check.c.o $(B)/kern/kernel.ld tools/ksyms
	$(call kern_link,$(foreach f,call_table fault_user sched_leave,-Wl$(comma)--wrap=$(f)) $(KERN_OBJS) $(B)/kern/check.c.o)

# The same kernel, but how long interrupts are off, and how long a higher priority waits for lower ones, is measured.
LATE_WRAPS := call_table call_table_busy sched_leave irq_enter trap_data trap_prefetch trap_undefined irq_pending cpu_idle machine_end
LATE_WRAPS += sched_add turn_add turn_add_stale irq_dispatch work_run
LATE_OBJS  := $(B)/kern/arm/late.c.o $(B)/kern/arm/late_wait.c.o
$(B)/kernel-late.elf: $(KERN_OBJS) $(FDT_LIB) $(LATE_OBJS) $(B)/kern/kernel.ld tools/ksyms
	$(call kern_link,$(foreach f,$(LATE_WRAPS),-Wl$(comma)--wrap=$(f)) $(KERN_OBJS) $(LATE_OBJS))

# ---- the library and the SDK: programs of the tree are built with it as those from outside are ----
LIB_SRCS  := $(filter-out lib/crt0.S lib/v6.S lib/v7.S,$(wildcard lib/*.c lib/*.S)) lib/$(GENERATION).S
LIB_OBJS  := $(patsubst %,$(B)/%.o,$(LIB_SRCS))
# Of ARMv7, Cortex-A7 and A15 have VFPv4 and divide; programs for these do not run on A8 and A9.
CPU_VE    := $(if $(filter -mcpu=cortex-a7 -mcpu=cortex-a15,$(KERN_CPU)),1,0)
LIB_FLAGS := $(USER_CPU) -DCPU_VE=$(CPU_VE) -std=gnu11 -O2 -g -ffunction-sections -fdata-sections $(WARNINGS) -Ilib -Isys -Ilib/include
LIB_INCLUDE := $(if $(wildcard lib/include),$(shell find lib/include -type f -printf '%P '))
SDK_HEADERS := $(foreach h,$(notdir $(wildcard sys/*.h sys/*.def lib/*.h)) $(LIB_INCLUDE),$(SDK)/include/$h)
# As <frame.h> and as <sys/frame.h>, beside newlib's own <sys/…>.
SDK_HEADERS += $(foreach h,$(notdir $(wildcard sys/*.h sys/*.def)),$(SDK)/include/sys/$h)
SDK_FILES := $(SDK)/bin/mullion-gcc $(SDK)/lib/libmullion.a $(SDK)/lib/crt0.o $(SDK)/lib/user.ld $(SDK)/lib/cflags

sdk: $(SDK_FILES) $(SDK_HEADERS)

$(B)/lib/%.c.o: lib/%.c $(HOW) | deps-build
	@mkdir -p $(@D)
	$(call say,CC)
	$(CC) $(LIB_FLAGS) $(DEPFLAGS) -c $< -o $@

$(B)/lib/%.S.o: lib/%.S $(HOW) | deps-build
	@mkdir -p $(@D)
	$(call say,CC)
	$(CC) $(LIB_FLAGS) $(DEPFLAGS) -c $< -o $@

$(SDK)/lib/libmullion.a: $(LIB_OBJS)
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,AR)
	$(AR) rcs $@ $(LIB_OBJS)

$(SDK)/lib/crt0.o: $(B)/lib/crt0.S.o
	@mkdir -p $(@D)
	@cp $< $@

$(SDK)/lib/cflags: $(HOW)
	@mkdir -p $(@D)
	@echo '$(USER_CPU)' >$@

$(SDK)/lib/user.ld: lib/user.ld
	@mkdir -p $(@D)
	@cp $< $@

$(SDK)/bin/mullion-gcc: lib/sdk/mullion-gcc
	@mkdir -p $(@D)
	@cp $< $@ && chmod 755 $@

define sdk_headers
$(SDK)/include/%: $(1)/%
	@mkdir -p $$(@D)
	@cp $$< $$@
endef
$(foreach d,sys lib lib/include,$(eval $(call sdk_headers,$d)))

$(SDK)/include/sys/%: sys/%
	@mkdir -p $(@D)
	@cp $< $@

# ---- programs: bin/NAME.c with its bin/NAME_*.c ----
BIN_SRCS   := $(notdir $(basename $(wildcard bin/*.c)))
BIN_PARTS  := draw waiter $(foreach n,$(BIN_SRCS),$(if $(filter $n,$(firstword $(subst _, ,$n))),,$(if \
	$(filter $(firstword $(subst _, ,$n)),$(BIN_SRCS)),$n)))
PROGS      := $(filter-out $(BIN_PARTS),$(BIN_SRCS))
USER_CC    := $(SDK)/bin/mullion-gcc
USER_FLAGS := -std=gnu11 -O2 -g $(WARNINGS) -MD -MP
prog_objs   = $(patsubst %,$(B)/bin/%.c.o,$(1) $(filter $(1)_%,$(BIN_SRCS)) $(if $(filter sh mem maps,$(1)),draw) $(if $(filter files pl011,$(1)),waiter))

$(B)/bin/%.c.o: bin/%.c $(HOW) | sdk
	@mkdir -p $(@D)
	$(call say,CC)
	$(USER_CC) $(USER_FLAGS) -c $< -o $@

define prog
$(B)/bin/$(1).elf: $(call prog_objs,$(1)) $(SDK_FILES)
	$$(call say,LINK)
	$(USER_CC) $(call prog_objs,$(1)) -o $$@
endef
$(foreach p,$(PROGS),$(eval $(call prog,$p)))

# In the archive programs are stripped; gdb has the .elf files.
$(B)/root/bin/%: $(B)/bin/%.elf
	@mkdir -p $(@D)
	@$(OBJCOPY) --strip-all $< $@

# ---- the boot archive and the image ----
ROOT_FILES := $(if $(wildcard bin/root),$(shell find bin/root -type f))
ROOT_PROGS := $(patsubst %,$(B)/root/bin/%,$(filter-out init,$(PROGS)))

# What each does, from the head of its source: for the shell's help.
$(B)/programs.txt: $(patsubst %,bin/%.c,$(notdir $(ROOT_PROGS))) tools/mkprograms $(HOW)
	@mkdir -p $(@D)
	tools/mkprograms $(filter bin/%.c,$^) >$@

$(B)/archive.tar: $(ROOT_FILES) $(ROOT_PROGS) $(B)/programs.txt build/man/made tools/mkarchive $(HOW)
	$(call say,ARCHIVE)
	tools/mkarchive $@ $(if $(ROOT_FILES),--tree bin/root) --tree build/man/text=text/man --file $(B)/programs.txt=etc/programs $(foreach p,$(ROOT_PROGS),--file $p=bin/$(notdir $p))

$(IMAGE): $(B)/kernel.elf $(B)/bin/init.elf $(B)/archive.tar tools/mkimage
	$(call say,IMAGE)
	tools/mkimage $(B)/kernel.elf $(B)/bin/init.elf $(B)/archive.tar $@

# ---- guest tests: one program a file ----
TEST_SRCS := $(filter-out tests/boot/test.c,$(wildcard tests/boot/*.c))
TEST_ELFS := $(patsubst tests/boot/%.c,$(B)/root/tests/%,$(TEST_SRCS))

$(B)/tests/%.o: tests/boot/%.c $(HOW) | sdk
	@mkdir -p $(@D)
	$(call say,CC)
	$(USER_CC) $(USER_FLAGS) -c $< -o $@

# An archive, because testrun has a main of its own.
$(B)/tests/libtest.a: $(B)/tests/test.o
	@rm -f $@
	$(call say,AR)
	$(AR) rcs $@ $<

$(B)/tests/%.elf: $(B)/tests/%.o $(B)/tests/libtest.a $(SDK_FILES)
	$(call say,LINK)
	$(USER_CC) $< $(B)/tests/libtest.a -o $@

$(B)/root/tests/%: $(B)/tests/%.elf
	@mkdir -p $(@D)
	@$(OBJCOPY) --strip-all $< $@

# ---- attack programs: built and run as the guest tests are ----
ATTACK_SRCS := $(filter-out tests/attack/harness.c,$(wildcard tests/attack/*.c))
ATTACK_ELFS := $(patsubst tests/attack/%.c,$(B)/root/attack/%,$(ATTACK_SRCS)) $(B)/root/attack/testrun

$(B)/attack/%.o: tests/attack/%.c $(HOW) | sdk
	@mkdir -p $(@D)
	$(call say,CC)
	$(USER_CC) $(USER_FLAGS) -Itests/boot -c $< -o $@

$(B)/attack/%.elf: $(B)/attack/%.o $(B)/attack/harness.o $(B)/tests/libtest.a $(SDK_FILES)
	$(call say,LINK)
	$(USER_CC) $< $(B)/attack/harness.o $(B)/tests/libtest.a -o $@

$(B)/root/attack/testrun: $(B)/root/tests/testrun
	@mkdir -p $(@D)
	@cp $< $@

$(B)/root/attack/%: $(B)/attack/%.elf
	@mkdir -p $(@D)
	@$(OBJCOPY) --strip-all $< $@

# ---- the benchmark: one program of all rows ----
BENCH_OBJS := $(patsubst tests/bench/%.c,$(B)/bench/%.o,$(wildcard tests/bench/*.c))

$(B)/bench/%.o: tests/bench/%.c $(HOW) | sdk
	@mkdir -p $(@D)
	$(call say,CC)
	$(USER_CC) $(USER_FLAGS) -Itests/boot -c $< -o $@

$(B)/root/bench/bench: $(BENCH_OBJS) $(B)/tests/libtest.a $(SDK_FILES)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(USER_CC) -s $(BENCH_OBJS) $(B)/tests/libtest.a -o $@

.SECONDARY:

tests: $(TEST_ELFS) $(ATTACK_ELFS)

# ---- what people type ----
run: deps-run all
	@tools/run

sdcard: deps-sdcard all
	$(if $(SDCARD_KERNEL),tools/mksdcard $(IMAGE) $(B)/sdcard $(B)/sdcard.img && \
		echo "$(B)/sdcard.img is a card but for the firmware: see $(B)/sdcard/README.txt",\
		echo "$(BOARD) starts from no card" >&2; exit 1)

debug: deps-debug deps-run all
	@tools/debug

check: deps-check deps-run all tests build/host/check/programs build/host/coverage/programs
	@MATRIX="$(if $(ASKED),,$(filter-out $(BOARD):%,$(ALL_MACHINES)))" tests/run

# The guest programs on every board.
matrix: deps-check deps-run build/host/check/programs
	@MATRIX="$(ALL_MACHINES)" tests/run boards

# What each operation costs, beside what it costs others; two runs print the same.
bench: deps-run all $(B)/root/bench/bench
	@tools/bench

# Deliberate mistakes in the kernel, each of which the model machine must catch.
mutants: build/host/check/programs
	@tests/mutants

# What of the portable kernel the model machine's programs reach.
coverage: build/host/coverage/programs
	@tests/coverage

# Programs for the model machine that look for new paths, and random calls and requests in the guest, without end.
fuzz: deps-run all tests build/host/fuzz/programs build/host/check/programs
	@tools/fuzz

man: build/man/made

build/man/made: tools/mkman $(wildcard sys/*.h sys/*.def lib/*.h man/* bin/*.c) tests/boot/manual.c | deps-build
	@rm -rf $(@D)
	@tools/mkman $(@D)
	@touch $@

format: deps-check
	clang-format -i $$(find sys kern lib bin tests -name '*.[ch]')

clean:
	rm -rf build
	find . -name __pycache__ -prune -exec rm -rf {} +

include tests/host/programs.mk

-include $(shell find $(B) -name '*.d' 2>/dev/null)
