# SPDX-License-Identifier: ISC
if true; then echo t; else echo f; fi; if false; then echo t; elif true; then echo e; fi; if false; then :; fi; echo $?
i=0; while [ $i -lt 5 ]; do i=$((i+1)); [ $i = 2 ] && continue; [ $i = 4 ] && break; echo w$i; done
until [ $i -le 0 ]; do i=$((i-1)); done; echo $i
for a in 1 2; do for b in x y z; do [ $b = y ] && continue 2; echo $a$b; done; done
for a in 1 2; do for b in x y; do break 2; done; echo never; done; echo out
for a; do echo never; done
set -- p 'q r'; for a; do echo $a; done; for a do echo "$a"; done
for f in a.c b.h c d.txt '*'; do case $f in *.c) echo C;; *.h|*.txt) echo H "$f";; \*) echo star;; [a-d]) echo letter;; esac; done
case abc in (a*) echo paren;; esac; case x in y) ;; esac; echo $?
case "" in "") echo empty ;; esac
case a]b in *']'*) echo bracket; esac
f() { echo "f $1 $#"; return 3; echo no; }; f a b; echo $?
g() { x=$1; if [ $1 -gt 0 ]; then g $(($1-1)); fi; echo g$1; }; g 3
h() (x=sub; echo $x); x=top; h; echo $x
true && echo and || echo or; false && echo and || echo or; ! true; echo $?; ! false; echo $?
{ echo a; echo b; }; (echo c; exit 4); echo $?
f2() { local v=in; echo $v; }; v=out; f2; echo $v
false; x=$(exit 7); echo $?; x=1 true; echo $?
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1-1))))); fi; }; fact 10
while :; do echo once; break; done; if ! false; then echo notfalse; fi
