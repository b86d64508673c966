import Testing

/// What the scripts ask LXD and Docker of containers and networks, and what they make of the answers.
@Suite struct InstanceFunctionTests {
    /// What an edit deletes with all that is in it goes by no mistake; what is no longer this topology's, or no container, is not
    /// asked about.
    @Test(arguments: ["no", "yes"])
    func containersAreDeletedWhereThatWasSaid(prune: String) throws {
        let lines = """
            prune=\(prune) confirm=0
            problem() { echo "problem $*"; }
            find_stale() { stale='delete_container c1
            delete_docker d1
            delete_netns n1
            delete_container theirs
            delete_docker others'; }
            is_ours() { [ "$1" != theirs ]; }
            is_our_docker() { [ "$1" != others ]; }
            guard_stale
            """
        let words =
            "problem no longer in the topology, or to be made anew, and so to be deleted with all that is in them:"
        #expect(
            try said(lines, calling: "guard_stale") == (prune == "no" ? [words + " c1 d1. With --prune they are"] : []))
    }

    /// A reboot takes the journal. What carries the mark and is not wanted goes, the last first; a journal that is there is believed.
    @Test func whatCarriesTheMarkAndIsNotWantedIsStale() throws {
        let lines = """
            journal=$(mktemp)
            owner=t/h
            lxc() {
                case $* in
                "network list --format csv")
                    printf '%s\\n' lxdbr0,bridge,YES,,,,0,CREATED eth0,physical,NO,,,,0, old,bridge,YES,,,,1,CREATED ;;
                "list --columns n,s,p,user.topoc --format csv")
                    printf '%s\\n' c1,RUNNING,7,t/h c2,STOPPED,,t/h c3,RUNNING,8, c4,STOPPED,,t/h2 ;;
                "network get old user.topoc") echo t/h ;;
                *) echo other ;;
                esac
            }
            quietly() { "$@"; }
            list_strays() { stray_instances; }
            list_undos() { printf '%s\n' 'delete_bridge br0 # ip link' 'delete_container c1 # lxc init --quiet bare c1'; }
            wanted=
            find_stale
            echo "${stale}"
            echo kept_by_others >"${journal}"
            find_stale
            echo "journal: ${stale}"
            rm "${journal}"
            """
        #expect(
            try said(lines, calling: "find_stale", "stray_instances") == [
                "delete_container c2", "delete_network old", "journal: kept_by_others",
            ])
    }

    /// What `lxc list` says is asked once, of all containers; of one that a command has changed, again.
    @Test func containersAreAskedAboutOnce() throws {
        let lines = """
            owner=t/h instances= lost=' '
            asked=$(mktemp)
            lxc() {
                echo "$*" >>"${asked}"
                case $* in
                'list --columns '*) printf '%s\\n' c1,RUNNING,7,t/h c10,STOPPED,,t/h c2,RUNNING,8,other ;;
                'list ^c10$ --columns '*) echo c10,RUNNING,9,t/h ;;
                *) ;;
                esac
            }
            quietly() { "$@"; }
            for name in c1 c10 c2 c; do
                for question in has_container is_ours is_running; do ! "${question}" "${name}" || echo "${question} ${name}"; done
            done
            for command in 'start c10' 'config device add c1 eth0 nic' 'exec -n c1 -- ls' 'file push a c1/b'; do
                forget_instance lxc ${command}
            done
            is_running c10 && is_running c1 && echo 'c10 and c1 run'
            forget_instance lxc init --quiet bare c3 --config user.topoc=t/h
            has_container c3 || echo 'no c3'
            forget_instance lxc config set c1 user.topoc.network 6
            is_running c1 || echo 'no c1'
            cat "${asked}"; rm "${asked}"
            """
        let list = "--columns n,s,p,user.topoc --format csv"
        #expect(
            try said(lines, calling: "has_container is_ours is_running forget_instance") == [
                "has_container c1", "is_ours c1", "is_running c1", "has_container c10", "is_ours c10",
                "has_container c2", "is_running c2",
                "c10 and c1 run", "no c3", "no c1", "list \(list)", "list ^c10$ \(list)", "list ^c3$ \(list)",
                "list ^c1$ \(list)",
            ])
    }

    @Test func dockersContainersAreAskedAboutOnce() throws {
        let lines = """
            owner=t/h dockers= lost=' '
            asked=$(mktemp)
            docker() {
                case $* in
                'ps --all --quiet --no-trunc') echo '1a 2b 3c' ;;
                *' 1a 2b 3c') echo all >>"${asked}"; printf '%s\\n' '/c1 true 7 t/h' '/c.1 false 0 t/h' '/c2 true 8 ' ;;
                *' c.1') echo one >>"${asked}"; echo '/c.1 true 9 t/h' ;;
                *' c3') echo one >>"${asked}"; echo '/c30 true 9 t/h' ;;
                *) echo "?? $*" >>"${asked}" ;;
                esac
            }
            quietly() { "$@"; }
            set +f
            for name in c1 c.1 c2 c; do
                for question in has_docker is_our_docker runs_docker; do ! "${question}" "${name}" || echo "${question} ${name}"; done
                echo "pid $(docker_pid "${name}")"
            done
            forget_docker docker exec c2 ls
            forget_docker docker start c.1
            learn_started docker start c.1
            runs_docker c.1 && echo "$(docker_pid c.1)"
            forget_docker docker create --name c3 bare sleep 100
            has_docker c3 || echo 'no c3'
            cat "${asked}"; rm "${asked}"
            """
        #expect(
            try said(lines, calling: "has_docker is_our_docker runs_docker docker_pid forget_docker learn_started") == [
                "has_docker c1", "is_our_docker c1", "runs_docker c1", "pid 7",
                "has_docker c.1", "is_our_docker c.1", "pid 0", "has_docker c2", "runs_docker c2", "pid 8", "pid 0",
                "9", "no c3", "all", "one", "one",
            ])
    }

    /// The host's own command looks into a container's network, where it may; any other question is the container's.
    @Test func aQuestionOnAContainersNetworkIsTheHosts() throws {
        let lines = """
            look=look_inside
            instances="${newline}c1,RUNNING,$$,t/h${newline}c2,STOPPED,,t/h${newline}"
            lxc() { echo "lxc $*"; }
            nsenter() { [ "$2" -ne $$ ] || shift 2; echo "nsenter $*"; }
            for name in c1 c2 c3; do quietly lxc exec -n "${name}" -- ip -o link; done
            quietly lxc config show c1
            """
        #expect(
            try said(lines, calling: "quietly look_inside") == [
                "nsenter --net ip -o link", "lxc exec -n c2 -- ip -o link", "lxc exec -n c3 -- ip -o link",
                "lxc config show c1",
            ])
    }

    @Test func dockersContainersAndNetworksAreFoundByTheirLabel() throws {
        let lines = """
            owner=t/h
            docker() {
                case $* in
                'network ls --filter label=topoc=t/h --format {{.Name}}') echo br0 ;;
                'ps --all --filter label=topoc=t/h --format {{.Names}}') printf '%s\\n' d1 d2 ;;
                *) echo "?? $*" ;;
                esac
            }
            quietly() { "$@"; }
            stray_dockers
            """
        #expect(
            try said(lines, calling: "stray_dockers") == [
                "delete_docker_network br0", "delete_docker d1", "delete_docker d2",
            ])
    }
}
