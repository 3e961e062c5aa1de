import { Card } from "@/ui/card"
import { Stat } from "@/ui/stat"
import type { PlayerResult } from "../view"

/** The own session in numbers. */
export function OwnStats({ own }: { own: PlayerResult }) {
  return (
    <Card title="You">
      <div className="grid grid-cols-3 gap-x-3 gap-y-4">
        <Stat label="coins won">{own.earnedCoins}</Stat>
        <Stat label="coins spent">{own.spentCoins}</Stat>
        <Stat label="votes right">{own.votesRight}<span className="text-2xl text-muted">/{own.votesCast}</span></Stat>
        <Stat label="found yours">{own.originalVotes}</Stat>
        <Stat label="fell for you">{own.copyVotes}</Stat>
        <Stat label="phrases">{own.promptsWritten + own.copiesWritten}</Stat>
      </div>
    </Card>
  )
}
