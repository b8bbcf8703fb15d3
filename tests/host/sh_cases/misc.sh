# SPDX-License-Identifier: ISC
eval 'x=1; echo $x' "'two  words'"; eval; echo $?
set -- a b; echo $# $1; set -- ; echo $#
test 1 -eq 1 -a 2 -gt 1; echo $?; [ a = b -o c = c ]; echo $?; [ ! x ]; echo $?; [ -n "" ]; echo $?; [ ]; echo $?
[ "(" = "(" ]; echo $?; [ -z "" ] ; echo $?; [ 1 -lt 2 ] && echo lt; [ x != y ] && echo ne
printf '%d %5d|%-5d|%05d %x %o %c %s\n' 42 42 42 42 255 8 xyz str; printf '%s\n' a b c; printf 'a\tb\n'; printf '%b' 'x\ty\n'
printf '%*d|%.2s|%%\n' 6 42 abcdef; printf '\101\n'
cd /tmp; pwd; cd /; cd - ; cd /
unset x; echo ${x-unset}; readonly r=1; (r=2) 2>/dev/null || echo readonly
x=a; x=b true; echo $x; f() { echo $x; }; x=c f; echo $x
type cd >/dev/null && echo type; command -v cd; command echo cmd
set -e; false || true; if false; then :; fi; ! true; echo alive; (set -e; false; echo no); echo not reached
