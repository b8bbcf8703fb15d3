/* SPDX-License-Identifier: ISC
 * Claim: a word is completed by what may stand in its place: the shell's words and programs where a command begins,
 * variables after a $, files elsewhere.
 * sources: bin/sh_arith.c bin/sh_builtin.c bin/sh_call.c bin/sh_complete.c bin/sh_compound.c bin/sh_exec.c bin/sh_expand.c bin/sh_here.c bin/sh_job.c bin/sh_key.c bin/sh_lex.c bin/sh_line.c bin/sh_match.c bin/sh_mem.c bin/sh_number.c bin/sh_out.c bin/sh_param.c bin/sh_parse.c bin/sh_pipe.c bin/sh_print.c bin/sh_printf.c bin/sh_programs.c bin/sh_redir.c bin/sh_set.c bin/sh_span.c bin/sh_subst.c bin/sh_test.c bin/sh_var.c tests/host/sh_os_host.c
 */
#define main shell_main
#include "../../bin/sh.c"
#undef main
#include <fcntl.h>
#include <sys/stat.h>

static char dir[] = "/tmp/sh-test-XXXXXX";

/** What the word at the end of text may become, in order, each with a blank after it. */
static void completes(const char *text, size_t from, const char *want)
{
	struct list words = {0};
	struct str got = {0};
	size_t i, at = complete_word(text, strlen(text), &words);

	for (i = 0; i < words.n; i++)
		str_printf(&got, "%s ", words.v[i]);
	if (at != from || strcmp(str_text(&got), want) != 0) {
		printf("%s: from %zu: %s, not from %zu: %s\n", text, at, str_text(&got), from, want);
		exit(1);
	}
	list_free(&words);
	str_free(&got);
}

static void make(const char *name, int folder)
{
	char path[100];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = folder ? mkdir(path, 0700) : open(path, O_CREAT | O_WRONLY, 0700);
	if (fd < 0)
		abort();
	if (!folder)
		close(fd);
}

static void drop(const char *name)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	remove(path);
}

int main(void)
{
	char text[100], want[200];

	os_init();
	state_init("sh");
	if (!mkdtemp(dir) || chdir(dir) < 0)
		abort();
	var_set("PATH", dir);
	make("prog", 0);
	make("shine", 1);
	make(".hidden", 0);
	completes("pro", 0, "prog ");
	completes("sh", 0, "shift shine/ ");
	completes("true | unse", 7, "unset ");
	completes("if unse", 3, "unset ");
	completes("echo pr", 5, "prog ");
	completes("echo s", 5, "shine/ ");
	completes("echo x >pr", 8, "prog ");
	completes("echo ", 5, "prog shine/ ");
	completes("echo .h", 5, ".hidden ");
	completes("nothing_begins_so", 0, "");
	var_set("zebra", "1");
	completes("echo $zeb", 5, "$zebra ");
	snprintf(text, sizeof(text), "echo %s/sh", dir);
	snprintf(want, sizeof(want), "%s/shine/ ", dir);
	completes(text, 5, want);
	drop("prog");
	drop("shine");
	drop(".hidden");
	return rmdir(dir) < 0;
}
