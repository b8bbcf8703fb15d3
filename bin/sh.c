/* SPDX-License-Identifier: ISC
 * sh: the shell.  Here: its start, its options, and the loop of an interactive one.
 *
 *   sh [-efuxi] [-c COMMAND [NAME [ARG…]] | FILE [ARG…]]
 *   sh -r NAME     goes on where another shell was: reads commands from its file 9 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"
#include "sh_os.h"

struct shell sh;
extern char **environ;

static struct list arguments;
static struct line editor;

static int terminal_get(void)
{
	return os_getc();
}

static void terminal_put(const char *s, size_t n)
{
	write_all(1, s, n);
}

/** The terminal's mode is changed once for a command, however many lines it has: that costs what was typed ahead. */
static void terminal_raw(int raw)
{
	static int now;

	if (now != raw)
		os_raw(raw);
	now = raw;
}

static const char *prompt(int inside)
{
	const char *text = var_get(inside ? "PS2" : "PS1");

	return text ? text : inside ? "> " : "$ ";
}

/** The next line of an interactive shell, from the terminal. */
static int more_terminal(struct lex *x, int inside)
{
	int result;

	if (!inside)
		jobs_report();
	terminal_raw(1);
	result = line_edit(&editor, prompt(inside));
	if (result == LINE_INTR) {
		jobs_end_strays();
		x->failed = 1; /* without a word: the user knows */
		sh.status = 130;
	}
	if (result != LINE_OK)
		return 0;
	line_remember(&editor, str_text(&editor.text));
	str_add(&x->text, str_text(&editor.text), editor.text.n);
	str_putc(&x->text, '\n');
	return 1;
}

/** The next line of commands on standard input; the commands may read what follows. */
static int more_input(struct lex *x, int inside)
{
	struct str line = {0};
	int got = read_line(&line);

	(void)inside;
	if (got || line.n) {
		str_add(&x->text, str_text(&line), line.n);
		str_putc(&x->text, '\n');
	}
	str_free(&line);
	return got || x->pos < x->text.n;
}

/** Executes one command of an interactive shell or of standard input; 0 at the end. */
static int one_command(struct lex *x)
{
	struct node *n;
	int more;

	if (x->pos >= x->text.n) {
		x->text.n = 0;
		x->pos = 0;
	}
	x->failed = 0;
	x->arena = arena_new();
	n = parse_command(x);
	terminal_raw(0);
	if (n)
		exec_node(n);
	more = n || x->failed || x->token != T_END;
	arena_drop(x->arena);
	if (x->failed && sh.status != 130)
		sh.status = 2;
	if (x->failed && !sh.interactive)
		more = 0;
	out_flush();
	if (sh.flow == FLOW_ABORT && sh.interactive)
		flow_resume();
	return more && !sh.flow;
}

static void run_lines(int (*more)(struct lex *x, int inside))
{
	struct lex x;

	lex_init(&x, "", 0);
	x.more = more;
	while (one_command(&x))
		;
	lex_free(&x);
}

static void run_interactive(void)
{
	sh.interactive = 1;
	editor.get = terminal_get;
	editor.put = terminal_put;
	editor.ahead = os_ahead;
	editor.complete = complete_word;
	if (!access("/etc/profile.sh", F_OK))
		exec_file("/etc/profile.sh");
	run_lines(more_terminal);
}

static void run_state(void)
{
	struct str text = {0};

	sh.fd[SH_FDS - 1] = -1;
	read_all(SH_FDS - 1, &text);
	close(SH_FDS - 1);
	exec_text(str_text(&text), text.n);
	str_free(&text);
}

/** Reads the options; answers the index of the first other argument.  *mode: -c or -r or -i, 0. */
static int options(int argc, char **argv, int *mode)
{
	int i;
	const char *c;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		for (c = argv[i] + 1; *c; c++) {
			if (strchr("cri", *c))
				*mode = *c;
			sh.errexit |= *c == 'e';
			sh.noglob |= *c == 'f';
			sh.nounset |= *c == 'u';
			sh.xtrace |= *c == 'x';
		}
	}
	return i;
}

static void state_init(char *name)
{
	char cwd[512];
	int i;

	sh.pid = os_pid();
	sh.name = name;
	sh.args = &arguments;
	for (i = 0; i < SH_FDS; i++)
		sh.fd[i] = i < 3 ? i : -1;
	builtins_init();
	os_words();
	vars_import(environ);
	if (!var_get("PATH")) {
		var_set("PATH", "/bin");
		var_mark("PATH", VAR_EXPORT);
	}
	if (getcwd(cwd, sizeof cwd))
		var_set("PWD", cwd);
}

int main(int argc, char **argv)
{
	int mode = 0, i, at;

	stack_init(__builtin_frame_address(0), os_stack());
	os_init();
	state_init(argc ? argv[0] : "sh");
	at = options(argc, argv, &mode);
	if (mode == 'c' && at >= argc) {
		complain("-c: a command is missing");
		return 2;
	}
	i = mode == 'c' ? at + 1 : at;
	if (i < argc)
		sh.name = argv[i++];
	for (; i < argc; i++)
		list_add(&arguments, argv[i]);
	if (mode == 'c')
		exec_text(argv[at], strlen(argv[at]));
	else if (mode == 'r')
		run_state();
	else if (at < argc)
		exec_file(argv[at]);
	else if (mode == 'i' || os_terminal(0))
		run_interactive();
	else
		run_lines(more_input);
	out_flush();
	return sh.status;
}
