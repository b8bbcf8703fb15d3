# SPDX-License-Identifier: ISC
# The kernel and the model machine it runs on, natively, beside the reference model: build/host/VARIANT/programs.
#   check     with address and undefined-behaviour sanitizers
#   fuzz      the same under libFuzzer
#   coverage  counts lines and branches

HOST_CC      := clang
HOST_INCLUDE := -Isys -Ikern -Itests/host
HOST_FLAGS   := -m32 -g -std=gnu11 -fno-pie -Wall -Wextra $(HOST_INCLUDE)
HOST_KERNEL  := $(filter-out kern/mem.c,$(wildcard kern/*.c)) tests/host/model/mmu.c
HOST_REST    := $(filter-out tests/host/model/mmu.c,$(wildcard tests/host/model/*.c)) $(wildcard tests/host/ref/*.c)

SANITIZERS     := -fsanitize=address,undefined -fno-sanitize-recover=all
KERNEL_check    := -O1 $(SANITIZERS)
KERNEL_fuzz     := -O1 $(SANITIZERS) -fsanitize=fuzzer-no-link
KERNEL_coverage := -O1 -fprofile-instr-generate -fcoverage-mapping
# Each store of kern/arm/mmu.c is told to tests/host/model/tlb.c.
STORES_check    := -fsanitize-coverage=func,trace-stores
STORES_fuzz     := -fsanitize-coverage=trace-stores
NOT_fuzz        := tests/host/ref/programs.c # libFuzzer has a main of its own
LINK_check      := $(SANITIZERS)
LINK_fuzz       := $(SANITIZERS) -fsanitize=fuzzer
LINK_coverage   := -fprofile-instr-generate

# Its variables go into sections of their own, so that the model can put them back as they were at boot; and its rules
# are proved by check.c when the programs ask, not after each call.
define host_variant
build/host/$(1)/tests/host/model/mmu.kernel.o: HOST_STORES := $(STORES_$(1))

build/host/$(1)/%.kernel.o: %.c $(MAKEFILE_LIST) | deps-check
	@mkdir -p $$(@D)
	@$(HOST_CC) $(HOST_FLAGS) -Wno-unused-parameter $(KERNEL_$(1)) $$(HOST_STORES) -D__wrap_call_table=check_call_table -MMD -MP -c $$< -o $$@
	@objcopy --rename-section .data=kernel_data,alloc,load,data,contents \
		--rename-section .bss=kernel_bss,alloc,load,data,contents --set-section-flags .bss=alloc,load,contents $$@

build/host/$(1)/%.o: %.c $(MAKEFILE_LIST) | deps-check
	@mkdir -p $$(@D)
	@$(HOST_CC) $(HOST_FLAGS) -O2 -MMD -MP -c $$< -o $$@

build/host/$(1)/programs: $(HOST_KERNEL:%.c=build/host/$(1)/%.kernel.o) \
		$(patsubst %.c,build/host/$(1)/%.o,$(filter-out $(NOT_$(1)),$(HOST_REST)))
	@$(HOST_CC) -m32 -no-pie $(LINK_$(1)) $$^ -Wl,--wrap=call_table -Wl,--wrap=call_table_busy -Wl,--wrap=call_table_lent \
		-Wl,--defsym=__real_fault_user=fault_user -Wl,--defsym=__real_sched_leave=sched_leave -o $$@
endef
$(foreach v,check fuzz coverage,$(eval $(call host_variant,$v)))

-include $(shell find build/host -name '*.d' 2>/dev/null)
