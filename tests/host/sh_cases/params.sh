# SPDX-License-Identifier: ISC
unset u; e=; s=val
echo "1 ${u-d} ${u:-d} ${e-d} ${e:-d} ${s-d} ${s:-d}"
echo "2 ${u+a} ${u:+a} ${e+a} ${e:+a} ${s+a} ${s:+a}"
echo "3 ${u=new} $u ${e:=filled} $e"
echo "${#s} ${#} ${#u}"
p=/usr/lib/libx.so.1
echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${p%/*} ${p##*.} ${p#nomatch}
q='a*b'; echo "${q#a\*}" "${q#'a*'}" "${q%\*b}"
for w in ${nope:-a b "c d"}; do echo "[$w]"; done
for w in "${nope:-a b}"; do echo "[$w]"; done
echo "${s:-$(echo no)}" "${nope:-$(echo yes)}" "${nope:-"quoted  blank"}"
set -- a b c d e f g h i j k; echo $1 ${10} ${11} $# ; shift 3; echo $1 $#
(echo ${nope:?message}) 2>/dev/null; echo $?
echo ${nope:-${s:-x}} "${nope-'single'}"
