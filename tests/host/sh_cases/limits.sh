# Numbers that do not fit and nesting without end are mistakes of one command.
t() {
	( eval "$1"; echo ) 2>&1 | grep . | tail -n 1 | sed 's/.*nested too deeply/nested too deeply/'
}
exec 2>&1
t "printf '%99999999999d' 1"
t "printf '%.99999999999d' 1"
t "printf '%d' 99999999999999999999"
t "printf '%d' 12x"
t "printf '%5d|%-5d|%05d|%+d|% d|%#x|%#o|%.3d|%-4s|%.2s|%3c|' 1 2 3 4 5 255 8 7 ab abc x"
t "printf '%u %x %d' 18446744073709551615 -1 -9223372036854775808"
t 'shift 4294967296'
t 'shift -1'
t 'shift x'
( exit 256 )
echo $?
( exit x )
echo $?
t 'for i in 1 2; do break 0; done'
t 'kill -128 1'
t 'kill %99999999999999999999'
t 'test -t -1 || echo no terminal'
t 'test 99999999999999999999 -eq 1'
t 'test 9223372036854775807 -gt 9223372036854775806 && echo greater'
t 'echo $((99999999999999999999))'
t 'echo $((-9223372036854775808))'
t 'echo $((9223372036854775808))'
t 'a=b; b=a; echo $((a))'
t 'f() { f; }; f'
t 'f() { eval f; }; f'
t 'cat <<E
$(
E'
t 'cat <<E
${
E'
n='('
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do n=$n$n; done
t "$n"
t "echo \$(($n 1"
t "test $(echo "$n" | sed 's/(/! /g') x"
echo alive
