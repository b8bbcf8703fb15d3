/* SPDX-License-Identifier: ISC
 * What the two halves of the parser share: tokens that must or may come next. */
#ifndef SH_PARSE_H
#define SH_PARSE_H

#include "sh.h"

/** A node in the text's arena. */
struct node *node_new(struct lex *x, enum node_kind kind, struct node *a, struct node *b);
/** 1 if the present token is this word. */
int at_word(const struct lex *x, const char *text);
void skip_newlines(struct lex *x);
/** Reports the present token as a mistake; NULL. */
struct node *unexpected(struct lex *x);
/** Past the word that must come now; 0 after reporting that it does not. */
int expect(struct lex *x, const char *text);
/** Commands up to the end of the list, or of the line.  The tree grows to the right. */
struct node *parse_list(struct lex *x, int one_line);
/** A list that must not be empty, as in `if LIST`. */
struct node *parse_body(struct lex *x);
/** Adds the present word at *tail; answers the new tail. */
struct word **word_add(struct lex *x, struct word **tail);
/** A compound command without its redirections; NULL if none begins here. */
struct node *parse_compound(struct lex *x);

#endif
