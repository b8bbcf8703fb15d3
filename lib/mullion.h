/* SPDX-License-Identifier: ISC
 * Every public header of the system at once. */
#ifndef MULLION_H
#define MULLION_H

#include "err.h"
#include "call.h"
#include "frame.h"
#include "proc.h"
#include "msg.h"
#include "irq.h"
#include "clock.h"
#include "page.h"
#include "vm.h"
#include "region.h"
#include "spawn.h"
#include "pager.h"
#include "upcall.h"
#include "sync.h"
#include "name.h"
#include "proto.h"

/** The sentence of an error number of err.def; "success" for 0 or more.  Never NULL. */
const char *err_string(int err);

#endif
